/**
 * Which targets expose a group, remembered for as long as its traffic is: when a group is gone, its targets say whether
 * that is an outage. A record of its own, one series for each target and group, so that nothing else reads raw series.
 */
import type { Expr, Selector } from "../promql/ast.ts";
import { aggregate, binary, call, number, on, over, selector } from "../promql/build.ts";
import { alertGroups } from "./alert.ts";
import type { Measure } from "./measure.ts";
import { exposedRecord } from "./naming.ts";

/** Longer than the hour for which traffic is remembered, by two evaluations of the slow group and a bit. */
const REMEMBERED_SECONDS = 4200;

/** When each target last exposed each group: Unix time. Of a group whose loss pages, targets are not forgotten. */
export function lastExposed(witness: Selector, measure: Measure): Expr {
  const now = binary("*", aggregate("group", targetLabels(measure), witness), call("time"));
  const before = aggregate("max", targetLabels(measure), known(measure, REMEMBERED_SECONDS));
  const recent = binary(">", before, binary("-", call("time"), number(REMEMBERED_SECONDS)));
  const firing = alertGroups({ alertstate: "firing", tier: "targets-down" }, measure);
  const paging = binary("and", before, firing, on(...measure.base.by));
  return binary("or", binary("or", now, recent), paging);
}

/** The targets of every group, as the slow group last wrote them; one missed evaluation does no harm. */
export function exposers(measure: Measure): Expr {
  return known(measure, 2 * measure.tileSeconds + 2 * measure.intervalSeconds);
}

function known({ base }: Measure, seconds: number): Expr {
  return call("last_over_time", over(selector(exposedRecord, base.id), seconds * 1000));
}

function targetLabels({ base }: Measure): string[] {
  return [...new Set([...base.by, "job", "instance"])];
}
