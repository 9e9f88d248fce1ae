/** Error budgets: what is left of each period. */
import { isCalendar, type RollingPeriod } from "../../../model/period.ts";
import type { Slo } from "../../../model/service.ts";
import type { Expr } from "../../../promql/ast.ts";
import { binary, call, number, selector } from "../../../promql/build.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { budgetRemainingRecord, errorRatioRecord, idLabels } from "../../names.ts";
import type { RecordingRule } from "../../plan.ts";
import { budgetOf } from "../../tiers/objectives.ts";
import type { SloContext } from "../alert.ts";
import { isFast, windowsOf } from "../placing.ts";
import { ratioRules } from "../windows/ratio-rules.ts";
import { periodShareWords, shareOfPeriod } from "../windows/share-measured.ts";
import { slowSource } from "../windows/windows.ts";
import { calendarRules, calendarSeconds } from "./calendar-period.ts";

/** Of every period the error ratio, and what is left of its budget: 1 to minus infinity. */
export function periodRules(context: SloContext): RecordingRule[] {
  return context.slo.periods.flatMap((period) =>
    isCalendar(period) ? calendarRules(period, context) : rollingRules(period, context),
  );
}

/** The primary period in seconds, as it is recorded. */
export function primaryWindowSeconds({ periods: [period] }: Slo): Expr {
  return isCalendar(period) ? calendarSeconds(period) : call("vector", number(period.seconds));
}

function rollingRules(period: RollingPeriod, context: SloContext): RecordingRule[] {
  const { slo, measurement, tiers } = context;
  const record = (name: string, expr: Expr): RecordingRule => ({
    type: "record",
    record: name,
    expr,
    labels: idLabels(slo),
  });
  const name = errorRatioRecord(period.seconds);
  const burn = binary("/", selector(name, idLabels(slo)), budgetOf(slo));
  const spent = binary("*", burn, shareOfPeriod(period.seconds, measurement));
  // A second period may be as long as a window of a page, which is recorded with the pages.
  const isRecorded = windowsOf(tiers.filter((tier) => isFast(tier, measurement))).includes(period.seconds);
  return [
    ...(isRecorded ? [] : ratioRules(period.seconds, slowSource(period.seconds, measurement), context)),
    {
      ...record(budgetRemainingRecord(slo, period), binary("-", number(1), spent)),
      comment: `Share of the ${printSeconds(period.seconds)} budget that is left: 1 = untouched, below 0 = objective missed. Time before the rules were loaded counts as good: ${periodShareWords(period.seconds, measurement)}`,
    },
  ];
}
