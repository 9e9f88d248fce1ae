/** Queries that people paste and dashboards draw, all over recorded series. */
import { budgetRemainingRecord, errorRatioRecord, idLabels } from "../../../compile/names.ts";
import type { SloPlan } from "../../../compile/plan.ts";
import { budgetOf } from "../../../compile/tiers/objectives.ts";
import type { Period } from "../../../model/period.ts";
import type { Slo } from "../../../model/service.ts";
import type { Expr } from "../../../promql/ast.ts";
import { binary, selector } from "../../../promql/build.ts";
import { HOUR } from "../../../time/units.ts";

/** Error ratio of a window, per group: as recorded where a tier looks at it, else from the counts. */
function errorRatioOf(plan: SloPlan, seconds: number): Expr {
  const recorded = plan.tiers.some((tier) => tier.longSeconds === seconds);
  return recorded ? selector(errorRatioRecord(seconds), idLabels(plan.slo)) : plan.queries.errorRatio(seconds);
}

/** How many times faster than sustainable the budget was spent in a window, per group. */
export function burnOf(plan: SloPlan, seconds: number): Expr {
  return binary("/", errorRatioOf(plan, seconds), budgetOf(plan.slo));
}

/** What is left of one period's budget, per group. */
export function budgetRemainingOf(slo: Slo, period: Period): Expr {
  return selector(budgetRemainingRecord(slo, period), idLabels(slo));
}

/** The long window that reacts first, in seconds: an hour where nothing alerts. */
export function fastestWindow({ tiers }: SloPlan): number {
  return tiers.length === 0 ? HOUR : Math.min(...tiers.map((tier) => tier.longSeconds));
}
