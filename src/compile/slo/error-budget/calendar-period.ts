/**
 * Budgets of calendar periods: sums since the period began, and what they leave of the whole period's budget.
 *
 * Nobody knows how much traffic is still to come. What was bad so far is held against the traffic that the period will
 * have if it goes on as it began: against the events so far, one bad event among the first ten of a month would read as
 * -9,900 %. A group that is new in a period is judged from when it was first counted.
 */
import { type CalendarPeriod, type CalendarUnit, longestSeconds } from "../../../model/period.ts";
import type { Expr } from "../../../promql/ast.ts";
import { binary, call, number, offset, on, over, selector, subquery } from "../../../promql/build.ts";
import { DAY, HOUR } from "../../../time/units.ts";
import { periodLength, periodNumber, REMEMBERED_MS, runningSum, tileAge } from "../../calendar.ts";
import {
  budgetRemainingRecord,
  countedFromRecord,
  periodNumberRecord,
  periodRatioRecord,
  sinceRecord,
} from "../../names.ts";
import type { RecordingRule } from "../../plan.ts";
import type { SloContext } from "../alert.ts";
import type { SloMeasurement } from "../slo-measurement.ts";
import { recordOf } from "../windows/windows.ts";

/** The sums of a period, its error ratio, and what is left of its budget. */
export function calendarRules(period: CalendarPeriod, { slo, measurement }: SloContext): RecordingRule[] {
  const { unit } = period;
  const rule = (record: string, expr: Expr, comment: string): RecordingRule => ({
    type: "record",
    record,
    expr,
    labels: measurement.base.id,
    comment,
  });
  const sums = `Since the ${unit} began: what it was a tile ago (nothing, if a new ${unit} has begun), and the tile.`;
  return [
    rule(sinceRecord("total", unit), sumSince("total", period, measurement), sums),
    rule(sinceRecord(measurement.part, unit), sumSince(measurement.part, period, measurement), sums),
    rule(
      periodNumberRecord(unit),
      current(period, measurement),
      `Which ${unit} the sums are of. ${ageWords(period, measurement)}`,
    ),
    rule(
      countedFromRecord(unit),
      countedFrom(period, measurement),
      `When a group was first counted in this ${unit}: of one that was there before, the ${unit}'s begin or soon after.`,
    ),
    rule(periodRatioRecord(unit), periodRatio(unit, measurement), `The error ratio of the ${unit} so far.`),
    rule(
      budgetRemainingRecord(slo, period),
      binary("-", number(1), spent(period, slo.errorBudget, measurement)),
      `What is left of the ${unit}'s budget, if traffic goes on as it was and nothing more is bad. The time before a group was first counted counts as good.`,
    ),
  ];
}

/** How long the current period is, in seconds: one sample without labels. */
export function calendarSeconds(period: CalendarPeriod): Expr {
  const length = periodLength(period.unit, period.offsetSeconds);
  return length.node === "number" ? call("vector", length) : length;
}

/** The period's sums were begun, and then nothing was evaluated for so long that they were forgotten. */
export function forgotten({ unit }: CalendarPeriod, { base, tileSeconds }: SloMeasurement): Expr {
  const current = selector(periodNumberRecord(unit), base.id);
  const lately = call("last_over_time", offset(over(current, REMEMBERED_MS), tileSeconds * 1000));
  const whole = subquery(current, longestSeconds[unit] * 1000, looksEvery[unit] * 1000);
  const before = { ...whole, offsetMs: REMEMBERED_MS };
  return binary("unless", binary("==", call("last_over_time", before), current), lately);
}

/** How often is enough to look for the begin of the period. */
const looksEvery: Readonly<Record<CalendarUnit, number>> = {
  day: HOUR,
  week: HOUR,
  month: 6 * HOUR,
  quarter: 12 * HOUR,
  year: DAY,
};

function sumSince(count: "total" | "bad" | "good", period: CalendarPeriod, measurement: SloMeasurement): Expr {
  return runningSum({
    record: sinceRecord(count, period.unit),
    startRecord: periodNumberRecord(period.unit),
    id: measurement.base.id,
    tile: recordOf(count, "tiles", measurement),
    tileSeconds: measurement.tileSeconds,
    start: current(period, measurement),
    by: measurement.base.by,
  });
}

function current({ unit, offsetSeconds }: CalendarPeriod, { tileSeconds }: SloMeasurement): Expr {
  return periodNumber(unit, offsetSeconds, tileAge(tileSeconds));
}

/** A group's own, a tile ago, as long as the period and its sum go on. */
function countedFrom(period: CalendarPeriod, measurement: SloMeasurement): Expr {
  const { base, tileSeconds } = measurement;
  const aTileAgo = (record: string): Expr =>
    call("last_over_time", offset(over(selector(record, base.id), REMEMBERED_MS), tileSeconds * 1000));
  const same = binary("==", aTileAgo(periodNumberRecord(period.unit)), current(period, measurement), on());
  const sum = selector(sinceRecord("total", period.unit), base.id);
  const known = binary("and", binary("and", aTileAgo(countedFromRecord(period.unit)), same, on()), sum);
  return binary("or", known, binary("+", call("time"), binary("*", number(0), sum)));
}

/** A sum of 0 ends when nothing is counted any more, and the total goes on. */
function periodRatio(unit: CalendarUnit, { base, part }: SloMeasurement): Expr {
  const sum = (count: "total" | "bad" | "good"): Expr => selector(sinceRecord(count, unit), base.id);
  const counted = binary("or", sum(part), binary("*", number(0), sum("total")));
  const share = binary("/", counted, binary(">", sum("total"), number(0)));
  return part === "bad" ? share : binary("-", number(1), share);
}

/** The share of the budget that is spent: the error ratio, for the share of the period in which it was counted. */
function spent(period: CalendarPeriod, errorBudget: number, { base }: SloMeasurement): Expr {
  const counted = binary("-", call("time"), selector(countedFromRecord(period.unit), base.id));
  const bad = binary("*", selector(periodRatioRecord(period.unit), base.id), counted);
  const length = periodLength(period.unit, period.offsetSeconds);
  const all = length.node === "number" ? length : call("scalar", length);
  return binary("/", bad, binary("*", all, number(errorBudget)));
}

function ageWords({ offsetSeconds }: CalendarPeriod, { tileSeconds }: SloMeasurement): string {
  const age = `Of ${tileAge(tileSeconds)} seconds ago, which is how old a tile is when it is added`;
  return offsetSeconds === 0 ? `${age}.` : `${age}; local time is ${offsetSeconds} seconds from UTC.`;
}
