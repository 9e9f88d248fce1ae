/** The forecast for the end of a period: what is spent by then, if it goes on as it did lately. */

import { periodName } from "../../../model/period.ts";
import type { Expr, Matching } from "../../../promql/ast.ts";
import { binary, number, on, selector } from "../../../promql/build.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { printPercent } from "../../../promql/number.ts";
import { DAY, HOUR, WEEK } from "../../../time/units.ts";
import { alerts } from "../../alert-names.ts";
import { burnRecord, spendRecords } from "../../names.ts";
import type { AlertingRule, RecordingRule } from "../../plan.ts";
import type { SpendMeasurement } from "../spend-measurement.ts";
import { amountOfLimit, limitName, limitReached, resetAndTop, shareOfLimit } from "../spend-texts.ts";
import { type SpendContext, spendAlert } from "./alert.ts";

/** How far back the pace is read: long enough for a day's course where the period has several days. */
export function paceSeconds({ calendar }: SpendMeasurement): number {
  switch (calendar?.unit) {
    case "year":
    case "quarter":
      return WEEK;
    case "month":
      return 3 * DAY;
    case "week":
      return DAY;
    default:
      return 6 * HOUR;
  }
}

/** Whether the end of the period can be forecast: an hour is over before a forecast is of use. */
export function hasForecast({ budget, calendar }: SpendMeasurement): boolean {
  return budget.forecast && calendar !== undefined && calendar.unit !== "hour";
}

/** The share of every limit that will be spent at the end. Before it begins, the pace would be that of the period before, or a guess. */
export function forecastRules(measurement: SpendMeasurement): RecordingRule[] {
  if (!hasForecast(measurement)) return [];
  const { base } = measurement;
  const elapsed = selector(spendRecords.elapsed, base.id);
  const begins = forecastBegins(measurement);
  const expr = binary("and", atEnd(paceSeconds(measurement), measurement), binary(">", elapsed, number(begins)), on());
  const comment = `Spending at the period's end, at the rate of the last ${printSeconds(paceSeconds(measurement))}. Not in the first ${printPercent(begins)} of the period, when that rate would be the previous period's.`;
  return [{ type: "record", record: spendRecords.forecast, expr, labels: base.id, comment }];
}

/** The share of the period that is over before there is a forecast: a tenth, or as much as the pace looks back in the shortest period. */
export function forecastBegins(measurement: SpendMeasurement): number {
  const shortest = measurement.calendar?.unit === "month" ? 28 * DAY : measurement.periodSeconds;
  return Math.max(0.1, Math.ceil((100 * paceSeconds(measurement)) / shortest) / 100);
}

/** The share of each limit that is spent at the period's end, if it goes on as in a window. */
export function atEnd(seconds: number, { base }: SpendMeasurement): Expr {
  const toCome = binary("-", number(1), selector(spendRecords.elapsed, base.id));
  const pace = binary("*", selector(burnRecord(seconds), base.id), toCome, ALL);
  return binary("+", selector(spendRecords.used, base.id), pace);
}

/** A limit that is spent has no forecast: the alert ends here, since Alertmanager never sends the end of an inhibited one. */
export function forecastAlert(context: SpendContext): AlertingRule[] {
  const { budget, measurement } = context;
  if (!hasForecast(measurement)) return [];
  const above = binary(">", selector(spendRecords.forecast, measurement.base.id), number(1));
  const forecast = amountOfLimit(measurement, spendRecords.forecast);
  const spent = binary(">=", selector(spendRecords.used, measurement.base.id), number(1));
  return [
    spendAlert(
      {
        ...alerts.forecast,
        severity: "ticket",
        expr: binary("unless", above, spent),
        summary: { template: `${limitName(context)}: forecast ${forecast}` },
        description: {
          template: `${amountOfLimit(measurement)} so far. At the rate of the last ${printSeconds(paceSeconds(measurement))}, spending will reach ${shareOfLimit(measurement, spendRecords.forecast)} by the end of the ${periodName(budget.period)}${limitReached(measurement, burnRecord(paceSeconds(measurement)), "; the limit is reached in")}.${resetAndTop(context)}`,
        },
        forSeconds: HOUR / 2,
      },
      context,
    ),
  ];
}

const ALL: Matching = { type: "on", labels: [], group: "left", include: [] };
