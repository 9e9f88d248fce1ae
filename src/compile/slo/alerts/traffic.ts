/**
 * Thresholds that know the traffic: an alert fires when a share of the budget was really spent. A static threshold takes
 * the window for its part of the period; at night, when a tenth of the traffic comes, it alerts ten times too soon.
 * One rule more: the budget in events, which the windows' bad events are compared with. And one line more of an alert:
 * after idle days the budget in events is next to nothing, and failures that the objective allows would spend all of it.
 */
import type { Slo } from "../../../model/service.ts";
import type { Expr } from "../../../promql/ast.ts";
import { binary, call, number, over, selector } from "../../../promql/build.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { exact, printNumber } from "../../../promql/number.ts";
import { HOUR } from "../../../time/units.ts";
import { errorRatioRecord, idLabels, records } from "../../names.ts";
import type { RecordingRule, TierPlan } from "../../plan.ts";
import { budgetSpent } from "../../tiers/burn-maths.ts";
import { budgetOf, thresholdOf } from "../../tiers/objectives.ts";
import type { SloContext } from "../alert.ts";
import { recordOf, slowSource } from "../windows/windows.ts";

/** Whether the SLO's tiers compare with the traffic of the whole period. */
export function knowsTraffic(slo: Slo): boolean {
  return slo.alerting.threshold === "traffic";
}

/** How many events may be bad in the period. A group that was there for a part of it is taken to go on so. */
export function budgetEventsRule({ slo, measurement }: SloContext): RecordingRule[] {
  if (!knowsTraffic(slo)) return [];
  const source = slowSource(slo.windowSeconds, measurement);
  const everySeconds = { base: measurement.totalEverySeconds, tiles: measurement.tileSeconds, hours: HOUR }[source];
  const samples = over(selector(recordOf("total", source, measurement), measurement.base.id), slo.windowSeconds * 1000);
  const budgets = binary("*", budgetOf(slo), number(slo.windowSeconds / everySeconds));
  const period = printSeconds(slo.windowSeconds);
  return [
    {
      type: "record",
      record: records.budgetEvents,
      expr: binary("*", budgets, call("avg_over_time", samples)),
      labels: measurement.base.id,
      comment: `How many events may be bad in ${period}: the error budget of the events of ${printSeconds(everySeconds)} on average, times as often as that is in ${period}.`,
    },
  ];
}

/** The bad events that a burn at the tier's rate makes in so many seconds: the budget's share of that, `0.02` or `14.4 * 300 / 2592000`. */
export function allowedEvents({ burn }: TierPlan, seconds: number, slo: Slo): Expr {
  const share = exact(budgetSpent(burn, seconds, slo.windowSeconds));
  const isShort = printNumber(share).length <= 6;
  const spelt = binary("/", binary("*", number(burn), number(seconds)), number(slo.windowSeconds));
  return binary("*", isShort ? number(share) : spelt, selector(records.budgetEvents, idLabels(slo)));
}

/** The long window itself burns: at a quarter of the tier's rate, and never so slowly that the objective is kept. */
export function burnsAtLeast(tier: TierPlan, { slo, measurement }: SloContext): Expr[] {
  if (!knowsTraffic(slo)) return [];
  const ratio = selector(errorRatioRecord(tier.longSeconds), measurement.base.id);
  return [binary(">", ratio, thresholdOf({ ...tier, burn: leastBurn(tier) }, slo))];
}

/** The burn rate under which a tier that knows the traffic is silent. Traffic that comes within a quarter of the time is a busy hour. */
export function leastBurn({ burn }: Pick<TierPlan, "burn">): number {
  return exact(Math.max(1, burn / 4));
}
