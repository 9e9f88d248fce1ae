/** The period of a budget: what was spent in it so far, when it began, how long it is, and the share of every limit. */
import type { Expr } from "../../promql/ast.ts";
import { binary, call, on, selector } from "../../promql/build.ts";
import { periodLength, periodNumber, periodStart, runningSum, runningSumWords } from "../calendar.ts";
import { increaseRecord, numberRecord, periodRecord, spendRecords, startRecord, tileRecord } from "../names.ts";
import type { RecordingRule } from "../plan.ts";
import { overLimits } from "./alerts/limits.ts";
import { type SpendCalendar, type SpendMeasure, spentWithin } from "./measure.ts";

/** The sum so far, and the share of every limit. */
export function periodRules(measure: SpendMeasure): RecordingRule[] {
  const { budget, calendar } = measure;
  const sums = calendar ? calendarRules(calendar, measure) : [rollingRule(measure)];
  const used = overLimits(selector(periodRecord(budget), measure.base.id), measure);
  return [...sums, record(spendRecords.used, used, measure)];
}

/** From here on a rolling period reads tiles. */
const TILED_OVER = 6 * 3600;

function rollingRule(measure: SpendMeasure): RecordingRule {
  const { periodSeconds, tileSeconds } = measure;
  const tiled = periodSeconds > TILED_OVER || periodSeconds % tileSeconds === 0;
  const spent = spentWithin(periodSeconds, tiled ? "tiles" : "base", measure);
  return record(periodRecord(measure.budget), spent, measure);
}

function calendarRules(calendar: SpendCalendar, measure: SpendMeasure): RecordingRule[] {
  const { budget, base, tileSeconds } = measure;
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
    { ...record(periodRecord(budget), sum, measure), comment: runningSumWords(unit) },
    record(numberRecord(budget), number, measure),
    record(startRecord(budget), periodStart(unit, offsetSeconds, 0), measure),
    record(spendRecords.elapsed, elapsed(calendar, measure), measure),
  ];
}

/** The share of the period that is over. */
function elapsed({ unit, offsetSeconds }: SpendCalendar, { budget, base }: SpendMeasure): Expr {
  const passed = binary("-", call("time"), selector(startRecord(budget), base.id));
  const length = periodLength(unit, offsetSeconds);
  return length.node === "number" ? binary("/", passed, length) : binary("/", passed, length, on());
}

function record(name: string, expr: Expr, { base }: SpendMeasure): RecordingRule {
  return { type: "record", record: name, expr, labels: base.id };
}
