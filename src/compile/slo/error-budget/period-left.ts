/** What is left of a calendar period: a forecast says nothing of the time after it, when the budget begins anew. */
import type { CalendarPeriod } from "../../../model/period.ts";
import type { Expr, Matching } from "../../../promql/ast.ts";
import { binary, call, chain, number, selector } from "../../../promql/build.ts";
import { periodLength, periodStart } from "../../calendar.ts";
import { records } from "../../names.ts";
import type { RecordingRule } from "../../plan.ts";
import { budgetOf } from "../../tiers/objectives.ts";
import type { SloContext } from "../alert.ts";

/** Only where a forecast asks for it. */
export function periodLeftRules(context: SloContext): RecordingRule[] {
  const period = forecastPeriod(context);
  if (period === undefined) return [];
  const { unit, offsetSeconds } = period;
  const end = chain("+", periodStart(unit, offsetSeconds, 0), periodLength(unit, offsetSeconds));
  const comment = `How long this ${unit} still lasts.`;
  const expr = binary("-", end, call("time"));
  return [{ type: "record", record: records.periodLeft, expr, labels: context.measurement.base.id, comment }];
}

/**
 * That what is left of the budget is spent before a calendar period ends; undefined where the period rolls.
 *
 * @param ratio - The error ratio that is taken to go on.
 * @param left - The share of the budget that is left.
 */
export function spentWithinPeriod(ratio: Expr, left: Expr, context: SloContext): Expr | undefined {
  if (forecastPeriod(context) === undefined) return undefined;
  const { slo, measurement } = context;
  const time = selector(records.periodLeft, measurement.base.id);
  const onId: Matching = { type: "on", labels: Object.keys(measurement.base.id), group: "left", include: [] };
  const share = binary("/", binary("*", ratio, time, onId), number(slo.windowSeconds));
  return binary(">=", share, binary("*", budgetOf(slo), left));
}

function forecastPeriod({ slo }: SloContext): CalendarPeriod | undefined {
  const [period] = slo.periods;
  const isForecast = slo.alerting.budget?.forecast !== undefined;
  return isForecast && period.kind === "calendar" ? period : undefined;
}
