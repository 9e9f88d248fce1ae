/**
 * Calendar periods in PromQL: which period a moment lies in, when it began, how much of it has passed.
 *
 * Local time is UTC plus a fixed offset, added in seconds before the calendar is asked. A zone with daylight saving
 * cannot be written in PromQL: its offset would have to change within an expression.
 * Every result is one sample without labels; moments are `agoSeconds` before the evaluation.
 */
import type { Expr } from "../promql/ast.ts";
import { binary, call, chain, isTrue, number, text } from "../promql/build.ts";

export { utcOffsetSeconds } from "../model/period.ts";

export type CalendarPeriod = "hour" | "day" | "week" | "month" | "quarter" | "year";

export interface Calendar {
  readonly period: CalendarPeriod;
  /** Seconds east of UTC. */
  readonly offsetSeconds: number;
}

const HOUR = 3600;
const DAY = 86_400;
const WEEK = 604_800;
/** The epoch was a Thursday: its week began on a Monday three days before. */
const MONDAY = 3 * DAY;

/** The longest that a period can be, in seconds: the range that surely holds it. */
export const longestSeconds = {
  hour: HOUR,
  day: DAY,
  week: WEEK,
  month: 31 * DAY,
  quarter: 92 * DAY,
  year: 366 * DAY,
} as const satisfies Readonly<Record<CalendarPeriod, number>>;

/** The number of the period: another one in every period. A day is 20260228, a month 202602, a quarter 20261. */
export function periodId({ period, offsetSeconds }: Calendar, agoSeconds = 0): Expr {
  const local = localTime(offsetSeconds, agoSeconds);
  const year = call("year", local);
  switch (period) {
    case "hour":
      return call("floor", binary("/", local, number(HOUR)));
    case "day":
      return chain("+", times(year, 10_000), times(call("month", local), 100), call("day_of_month", local));
    case "week":
      return call("floor", binary("/", localTime(offsetSeconds + MONDAY, agoSeconds), number(WEEK)));
    case "month":
      return binary("+", times(year, 100), call("month", local));
    case "quarter":
      return binary("+", times(year, 10), call("ceil", binary("/", call("month", local), number(3))));
    case "year":
      return year;
  }
}

/** One sample whose label, named after the period, is the period's number: `{month="202602"}`. */
export function periodLabel(calendar: Calendar, agoSeconds = 0): Expr {
  return call("count_values", text(calendar.period), periodId(calendar, agoSeconds));
}

/** Seconds since the period began, in [0, length). */
export function elapsedSeconds({ period, offsetSeconds }: Calendar, agoSeconds = 0): Expr {
  const local = localTime(offsetSeconds, agoSeconds);
  const intoDay = binary("%", local, number(DAY));
  const days = (full: Expr): Expr => binary("+", times(full, DAY), intoDay);
  const dayOfYear = binary("-", call("day_of_year", local), number(1));
  switch (period) {
    case "hour":
      return binary("%", local, number(HOUR));
    case "day":
      return intoDay;
    case "week":
      return binary("%", localTime(offsetSeconds + MONDAY, agoSeconds), number(WEEK));
    case "month":
      return days(binary("-", call("day_of_month", local), number(1)));
    case "quarter":
      return days(binary("-", dayOfYear, daysBeforeQuarter(local)));
    case "year":
      return days(dayOfYear);
  }
}

/** When the period began: Unix time. */
export function periodStart(calendar: Calendar, agoSeconds = 0): Expr {
  return binary("-", localTime(-agoSeconds, 0), elapsedSeconds(calendar, agoSeconds));
}

/** Days in the period: 28 to 31 in a month, 90 to 92 in a quarter; a twenty-fourth in an hour. */
export function daysInPeriod({ period, offsetSeconds }: Calendar, agoSeconds = 0): Expr {
  const local = localTime(offsetSeconds, agoSeconds);
  switch (period) {
    case "month":
      return call("days_in_month", local);
    case "quarter":
      return daysInQuarter(local);
    case "year":
      return binary("+", number(365), leapDay(local));
    case "hour":
      return binary("/", call("vector", number(1)), number(24));
    default:
      return call("vector", number(longestSeconds[period] / DAY));
  }
}

/** Share of the period that has passed, in [0, 1). */
export function elapsedShare(calendar: Calendar, agoSeconds = 0): Expr {
  return binary("/", elapsedSeconds(calendar, agoSeconds), lengthSeconds(calendar, agoSeconds));
}

/** Seconds until the next period begins, in (0, length]. */
export function secondsLeft(calendar: Calendar, agoSeconds = 0): Expr {
  return binary("-", lengthSeconds(calendar, agoSeconds), elapsedSeconds(calendar, agoSeconds));
}

function lengthSeconds(calendar: Calendar, agoSeconds: number): Expr {
  const { period } = calendar;
  if (period === "month" || period === "quarter" || period === "year")
    return times(daysInPeriod(calendar, agoSeconds), DAY);
  return number(longestSeconds[period]);
}

/** The moment as the calendar's functions read it: local time as if it were UTC. */
function localTime(offsetSeconds: number, agoSeconds: number): Expr {
  const shift = offsetSeconds - agoSeconds;
  const now = call("time");
  if (shift === 0) return call("vector", now);
  return call("vector", binary(shift < 0 ? "-" : "+", now, number(Math.abs(shift))));
}

function times(expr: Expr, factor: number): Expr {
  return binary("*", expr, number(factor));
}

/** January to March have 90 days, April to June 91, July to September 92; a leap day lies before all but the first. */
function daysBeforeQuarter(local: Expr): Expr {
  const secondOn = monthIsFrom(local, 4);
  const first = binary("*", binary("+", number(90), leapDay(local)), secondOn);
  return chain("+", first, times(monthIsFrom(local, 7), 91), times(monthIsFrom(local, 10), 92));
}

function daysInQuarter(local: Expr): Expr {
  const leap = binary("*", leapDay(local), isTrue("<", call("month", local), number(4)));
  return chain("+", number(90), leap, monthIsFrom(local, 4), monthIsFrom(local, 7));
}

function monthIsFrom(local: Expr, month: number): Expr {
  return isTrue(">=", call("month", local), number(month));
}

/** 1 in a leap year, otherwise 0. */
function leapDay(local: Expr): Expr {
  const divides = (by: number): Expr => isTrue("==", binary("%", call("year", local), number(by)), number(0));
  return binary("+", binary("-", divides(4), divides(100)), divides(400));
}
