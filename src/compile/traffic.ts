/**
 * Thresholds that know the traffic: an alert fires when a share of the budget was really spent. A static threshold
 * takes the window for its part of the period; at night, when a tenth of the traffic comes, it cries ten times too soon.
 */
import type { Slo } from "../model/service.ts";
import type { Expr } from "../promql/ast.ts";
import { binary, number, selector, withLabel } from "../promql/build.ts";
import { exact } from "../promql/number.ts";
import { budgetSpent } from "./maths.ts";
import { badSum, isLong, type Measure } from "./measure.ts";
import { idLabels, records } from "./naming.ts";
import { budgetOf } from "./objectives.ts";
import { periodShare, periodTotal } from "./period.ts";
import type { RecordingRule, TierPlan } from "./plan.ts";

/** Whether the SLO's tiers compare with the traffic of the whole period. */
export function knowsTraffic(slo: Slo): boolean {
  return slo.alerting.threshold === "traffic";
}

/** The error budget in events: what the period's traffic allows. Of a period that is not full, as if it went on so. */
export function budgetEventsRule(slo: Slo, measure: Measure): RecordingRule[] {
  if (!knowsTraffic(slo)) return [];
  const expected = binary("/", periodTotal(measure, slo.windowSeconds), periodShare(measure, slo.windowSeconds));
  const expr = binary("*", expected, budgetOf(slo));
  return [{ type: "record", record: records.budgetEvents, expr, labels: idLabels(slo) }];
}

/** Whether a window holds more bad events than its share of the budget. */
export function spendsTooMuch(tier: TierPlan, seconds: number, slo: Slo, measure: Measure): Expr {
  const bad = isLong(measure, seconds) ? withLabel(badSum(measure, seconds), "count", "") : badSum(measure, seconds);
  const allowed = binary("*", number(shareOf(tier, seconds, slo)), selector(records.budgetEvents, idLabels(slo)));
  return binary(">", bad, allowed);
}

/** The share of the budget that a burn at the tier's rate spends in so many seconds. */
export function shareOf({ burn }: TierPlan, seconds: number, slo: Slo): number {
  return exact(budgetSpent(burn, seconds, slo.windowSeconds));
}
