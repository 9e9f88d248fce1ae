/** What a budget is for: a rolling window, or a period of the calendar at a fixed offset from UTC. */

import type { CalendarWindow } from "../declare/declaration.ts";
import { printSeconds } from "../promql/duration.ts";
import { DAY, HOUR, WEEK } from "../time/units.ts";
import { offsetWords } from "../time/utc-offset.ts";

export type CalendarUnit = CalendarWindow["calendar"];

/** Budgets of money also know the hour. */
export type PeriodUnit = CalendarUnit | "hour";

export interface RollingPeriod {
  readonly kind: "rolling";
  readonly seconds: number;
}

export interface CalendarPeriod<Unit extends PeriodUnit = CalendarUnit> {
  readonly kind: "calendar";
  readonly unit: Unit;
  /** Seconds east of UTC. */
  readonly offsetSeconds: number;
  /** Nominal: tiers are scaled by it. A month counts as 30 days. */
  readonly seconds: number;
}

export type Period<Unit extends PeriodUnit = CalendarUnit> = RollingPeriod | CalendarPeriod<Unit>;

/** The first is the primary one: tiers are scaled by it. */
export type Periods = readonly [Period, ...Period[]];

/** Whether it slides, and so has no begin of its own. */
export function isRolling(period: Period<PeriodUnit>): period is RollingPeriod {
  return period.kind === "rolling";
}

export function isCalendar<Unit extends PeriodUnit>(period: Period<Unit>): period is CalendarPeriod<Unit> {
  return period.kind === "calendar";
}

/** What tiers and limits take a calendar period for, in seconds. */
const nominalSeconds = {
  hour: HOUR,
  day: DAY,
  week: WEEK,
  month: 30 * DAY,
  quarter: 90 * DAY,
  year: 365 * DAY,
} as const satisfies Readonly<Record<PeriodUnit, number>>;

/** The longest that a calendar period can be, in seconds. */
export const longestSeconds = {
  hour: HOUR,
  day: DAY,
  week: WEEK,
  month: 31 * DAY,
  quarter: 92 * DAY,
  year: 366 * DAY,
} as const satisfies Readonly<Record<PeriodUnit, number>>;

/** Those that the period of a budget of money may be. */
export const periodUnits = Object.keys(nominalSeconds) as PeriodUnit[];

/** Those that an SLO's window may be. */
export const calendarUnits = periodUnits.filter((unit): unit is CalendarUnit => unit !== "hour");

export function rolling(seconds: number): RollingPeriod {
  return { kind: "rolling", seconds };
}

export function calendarPeriod<Unit extends PeriodUnit>(unit: Unit, offsetSeconds: number): CalendarPeriod<Unit> {
  return { kind: "calendar", unit, offsetSeconds, seconds: nominalSeconds[unit] };
}

/** `30d` or `month`: short, and unique among the periods of one SLO. Part of the names of its series. */
export function periodName(period: Period<PeriodUnit>): string {
  return isCalendar(period) ? period.unit : printSeconds(period.seconds);
}

/** `30d`, or `calendar month, UTC+01:00`. */
export function periodWords(period: Period): string {
  return isCalendar(period)
    ? `calendar ${period.unit}, ${offsetWords(period.offsetSeconds)}`
    : printSeconds(period.seconds);
}

/** `30d`, or `a calendar month (UTC+01:00)`: to stand in a sentence. */
export function periodPhrase(period: Period): string {
  return isCalendar(period)
    ? `a calendar ${period.unit} (${offsetWords(period.offsetSeconds)})`
    : printSeconds(period.seconds);
}

/** When what was spent is back. */
export function recoveryWords(period: Period): string {
  return isCalendar(period)
    ? `when the next ${period.unit} begins (${offsetWords(period.offsetSeconds)})`
    : `as it leaves the window of ${printSeconds(period.seconds)}`;
}

/** ` in 30 days`, where periods of the calendar differ in length and figures take one for all. */
export function nominalWords(period: Period): string {
  const varies = isCalendar(period) && period.seconds >= 30 * DAY;
  return varies ? ` in ${period.seconds / DAY} days` : "";
}
