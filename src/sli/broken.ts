/** Ways in which a measurement can be wrong, shared by the kinds: each a vector that is empty while all is well. */
import type { Expr, Matcher, Selector } from "../promql/ast.ts";
import { aggregate, binary, call, chain, number, offset, on, over, selector, subquery } from "../promql/build.ts";
import { DAY_MS, HOUR_MS } from "../promql/duration.ts";
import type { Base } from "./base.ts";
import type { Breakage } from "./kind.ts";
import { addedLabels } from "./named-labels.ts";
import { sameMetric } from "./witness.ts";

/** Bad events in a group that has no total: the two metrics do not carry the same labels. */
export function badWithoutTotal(base: Base): Breakage {
  const bad = selector(base.counted.bad, base.id);
  return {
    reason: "bad-without-total",
    expr: binary("unless", bad, selector(base.counted.total, base.id), on(...base.by)),
  };
}

/** Total moves and good cannot be read: a bucket or a good metric that does not exist. */
export function goodIsMissing(base: Base): Breakage {
  const moving = binary(">", hourOf(base.counted.total, base), number(0));
  const counted = hourOf(base.counted.bad, base);
  return { reason: "good-is-missing", expr: binary("unless", moving, counted, on(...base.by)) };
}

/** More good than total. A thousandth is forgiven: two metrics are never scraped in the same instant. */
export function goodOverTotal(base: Base): Breakage {
  const slack = binary("*", number(-0.001), hourOf(base.counted.total, base));
  return { reason: "good-over-total", expr: binary("<", hourOf(base.counted.bad, base), slack) };
}

const EXPECTED_BAD_PER_HOUR = 100;

/** No bad series for a day although an hour's traffic would hold a hundred at the budget's rate: a misspelt metric. */
export function badNeverSeen(bad: Selector, base: Base): Breakage {
  const never = call("absent_over_time", subquery(bad, DAY_MS, HOUR_MS));
  const traffic = aggregate("sum", [], hourOf(base.counted.total, base));
  const busy = binary(">", traffic, number(EXPECTED_BAD_PER_HOUR / base.errorBudget));
  const running = { ...selector("slo:objective_ratio", base.id), offsetMs: DAY_MS };
  return {
    reason: "bad-never-seen",
    expr: chain("and", binary("and", aggregate("group", [], never), busy, on()), aggregate("group", [], running)),
  };
}

/** There is traffic, and no series of the part's metric has a label that the part is told by: a misspelt label. */
export function labelMissing(which: "bad" | "good", total: Selector, part: Selector, base: Base): Breakage[] {
  const common = total.matchers.filter((matcher) => !contradicts(matcher, part));
  const all = offset({ ...part, matchers: common }, base.settleMs);
  // A counter of failures may not be there before the first one: only one that is there can lack a label.
  const there = sameMetric(total, part) ? traffic(base) : binary("and", traffic(base), all, on());
  return addedLabels(total.matchers, part.matchers).map((label) => {
    const labelled = { ...all, matchers: [...common, { label, op: "!=" as const, value: "" }] };
    return { reason: `${which}-label-missing`, expr: binary("unless", there, labelled, on()) };
  });
}

/** A part may be outside of what the total's own matcher selects. */
function contradicts({ label, op, value }: Matcher, part: Selector): boolean {
  const own = part.matchers.filter((matcher) => matcher.label === label);
  return own.length > 0 && !own.some((matcher) => matcher.op === op && matcher.value === value);
}

/** Something was counted within the hour, and its series are still there: one where the targets are gone has no labels. */
function traffic(base: Base): Expr {
  const counted = binary(">", hourOf(base.counted.total, base), number(0));
  return aggregate("group", [], binary("and", counted, selector(base.counted.total, base.id)));
}

function hourOf(record: string, base: Base) {
  return call("sum_over_time", over(selector(record, base.id), HOUR_MS));
}
