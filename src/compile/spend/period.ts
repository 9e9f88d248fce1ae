/** The period of a budget: what was spent in it so far, when it began, how long it is, and the share of every limit. */
import type { Expr } from "../../promql/ast.ts";
import { binary, call, on, selector } from "../../promql/build.ts";
import { HOUR } from "../../time/units.ts";
import { periodLength, periodNumber, periodStart, runningSum, runningSumWords } from "../calendar.ts";
import { increaseRecord, numberRecord, periodRecord, spendRecords, startRecord, tileRecord } from "../names.ts";
import type { RecordingRule } from "../plan.ts";
import { overLimits } from "./alerts/limits.ts";
import { type SpendCalendar, type SpendMeasurement, spentWithin } from "./spend-measurement.ts";

/** The sum so far, and the share of every limit. */
export function periodRules(measurement: SpendMeasurement): RecordingRule[] {
  const { budget, calendar } = measurement;
  const sums = calendar ? calendarRules(calendar, measurement) : [rollingRule(measurement)];
  const used = overLimits(selector(periodRecord(budget), measurement.base.id), measurement);
  return [...sums, record(spendRecords.used, used, measurement)];
}

/** From here on a rolling period reads tiles. */
const TILED_OVER = 6 * HOUR;

function rollingRule(measurement: SpendMeasurement): RecordingRule {
  const { periodSeconds, tileSeconds } = measurement;
  const tiled = periodSeconds > TILED_OVER || periodSeconds % tileSeconds === 0;
  const spent = spentWithin(periodSeconds, tiled ? "tiles" : "base", measurement);
  return record(periodRecord(measurement.budget), spent, measurement);
}

function calendarRules(calendar: SpendCalendar, measurement: SpendMeasurement): RecordingRule[] {
  const { budget, base, tileSeconds } = measurement;
  const { unit, offsetSeconds, ageSeconds } = calendar;
  const number = periodNumber(unit, offsetSeconds, ageSeconds);
  const sum = runningSum({
    record: periodRecord(budget),
    startRecord: numberRecord(budget),
    id: base.id,
    tile: tileRecord(increaseRecord(budget), tileSeconds),
    tileSeconds,
    start: number,
    by: base.by,
  });
  return [
    { ...record(periodRecord(budget), sum, measurement), comment: runningSumWords(unit) },
    record(numberRecord(budget), number, measurement),
    record(startRecord(budget), periodStart(unit, offsetSeconds, 0), measurement),
    record(spendRecords.elapsed, elapsed(calendar, measurement), measurement),
  ];
}

/** The share of the period that is over. */
function elapsed({ unit, offsetSeconds }: SpendCalendar, { budget, base }: SpendMeasurement): Expr {
  const passed = binary("-", call("time"), selector(startRecord(budget), base.id));
  const length = periodLength(unit, offsetSeconds);
  return length.node === "number" ? binary("/", passed, length) : binary("/", passed, length, on());
}

function record(name: string, expr: Expr, { base }: SpendMeasurement): RecordingRule {
  return { type: "record", record: name, expr, labels: base.id };
}
