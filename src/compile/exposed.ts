/**
 * Which targets expose a group, remembered for as long as its traffic is: when a group is gone, its targets say whether
 * that is an outage. A record of its own, one series for each target and group, so that nothing else reads raw series.
 */
import type { Slo } from "../model/service.ts";
import type { Expr, Selector } from "../promql/ast.ts";
import { aggregate, binary, call, number, on, selector, subquery } from "../promql/build.ts";
import { alertGroups } from "./alert.ts";
import { longestSpan } from "./exclusions.ts";
import type { Measure } from "./measure.ts";
import { exposedRecord } from "./naming.ts";

/** Longer than the hour for which traffic is remembered; an exclusion in between hides it. */
const REMEMBERED_SECONDS = 4200;
/** After an outage of the ruler, looks so far apart find what was known before it. */
const LOOKS_MS = 1_200_000;

/** When each target last exposed each group: Unix time. Of a group whose loss pages, targets are not forgotten. */
export function lastExposed(witness: Selector, slo: Slo, measure: Measure): Expr {
  const remembered = REMEMBERED_SECONDS + (slo.exclusions.length === 0 ? 0 : longestSpan(slo, measure));
  const now = binary("*", aggregate("group", targetLabels(measure), witness), call("time"));
  const before = aggregate(
    "max",
    targetLabels(measure),
    binary("or", exposers(measure), knownWithin(remembered, measure)),
  );
  const recent = binary(">", before, binary("-", call("time"), number(remembered)));
  const firing = alertGroups({ alertstate: "firing", tier: "targets-down" }, measure);
  const paging = binary(
    "and",
    aggregate("max", targetLabels(measure), exposers(measure)),
    firing,
    on(...measure.base.by),
  );
  return binary("or", binary("or", now, recent), paging);
}

/** The targets of every group, as last written: by the rule itself, the time before. */
export function exposers({ base }: Measure): Expr {
  return selector(exposedRecord, base.id);
}

function knownWithin(seconds: number, measure: Measure): Expr {
  const recorded = selector(exposedRecord, measure.base.id);
  return call("last_over_time", subquery(recorded, Math.ceil(seconds) * 1000, LOOKS_MS));
}

function targetLabels({ base }: Measure): string[] {
  return [...new Set([...base.by, "job", "instance"])];
}
