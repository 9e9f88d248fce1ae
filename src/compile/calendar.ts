/**
 * Periods of the calendar in PromQL: which one an instant lies in, when that began, and sums since then.
 *
 * Local time is UTC plus a fixed offset, added in seconds before the calendar is asked. A zone with daylight saving
 * cannot be written in PromQL: its offset would have to change within an expression.
 */
import { type CalendarUnit, longestSeconds, type PeriodUnit } from "../model/period.ts";
import type { Expr, Matching } from "../promql/ast.ts";
import {
  aggregate,
  binary,
  call,
  chain,
  isTrue,
  number,
  offset,
  on,
  over,
  selector,
  sumBy,
  withLabel,
} from "../promql/build.ts";
import { DAY, DAY_MS, HOUR, WEEK } from "../time/units.ts";

/** A sum since a period began, carried on from tile to tile. */
export interface RunningSum {
  /** What it records. */
  readonly record: string;
  /** What `start` is recorded as, by a later rule of the same group: that is how the next sum knows the period of this. */
  readonly startRecord: string;
  /** The labels of all three records. */
  readonly id: Readonly<Record<string, string>>;
  /** The record of the tiles: one sample in `tileSeconds`. */
  readonly tile: string;
  readonly tileSeconds: number;
  /** Another value in every period: `periodNumber`, or `periodStart`, at the age `tileAge`. */
  readonly start: Expr;
  readonly by: readonly string[];
}

/** The epoch was a Thursday: its week began three days before. */
const SINCE_MONDAY = 3 * DAY;

/** When the period began in which the instant `time() - ageSeconds` lies: Unix seconds, one sample without labels. */
export function periodStart(unit: PeriodUnit, offsetSeconds: number, ageSeconds: number): Expr {
  const local = plus(call("time"), offsetSeconds - ageSeconds);
  if (unit === "hour") return plus(wholes(local, HOUR), -offsetSeconds);
  const days = call("floor", call("vector", binary("/", local, number(DAY))));
  const first = unit === "day" ? days : binary("-", days, daysInto(unit, call("vector", local)));
  return plus(binary("*", first, number(DAY)), -offsetSeconds);
}

/** What tells the period of the instant `time() - ageSeconds` from those around it: one sample without labels. */
export function periodNumber(unit: PeriodUnit, offsetSeconds: number, ageSeconds: number): Expr {
  const local = plus(call("time"), offsetSeconds - ageSeconds + (unit === "week" ? SINCE_MONDAY : 0));
  switch (unit) {
    case "hour":
      return call("floor", call("vector", binary("/", local, number(HOUR))));
    case "week":
      return call("floor", call("vector", binary("/", local, number(WEEK))));
    case "quarter":
      return call("ceil", binary("/", call("month", call("vector", local)), number(3)));
    case "day":
      return call("day_of_month", call("vector", local));
    default:
      return call(unit, call("vector", local));
  }
}

/** How long the present period is, in seconds: a number, or one sample without labels. */
export function periodLength(unit: PeriodUnit, offsetSeconds: number): Expr {
  const local = call("vector", plus(call("time"), offsetSeconds));
  const inSeconds = (days: Expr): Expr => binary("*", days, number(DAY));
  switch (unit) {
    case "hour":
      return number(HOUR);
    case "day":
      return number(DAY);
    case "week":
      return number(WEEK);
    case "month":
      return inSeconds(call("days_in_month", local));
    case "quarter":
      return inSeconds(daysInQuarter(local));
    case "year":
      return inSeconds(binary("+", number(365), leapDay(local)));
  }
}

/** What the rule of a running sum does, for whoever reads it. */
export function runningSumWords(unit: PeriodUnit): string {
  const pause =
    longestSeconds[unit] * 1000 > REMEMBERED_MS ? ` A pause of the ruler of over 3d forgets the ${unit}.` : "";
  return `The sum of a tile ago, or nothing if a new ${unit} began since, plus the newest tile. Either may be missing: the label "part" lets \`or\` keep both for \`sum\`.${pause}`;
}

/** How old the beginning of a tile may be when it is added: a tile, and the time that it takes to be visible. */
export function tileAge(tileSeconds: number): number {
  return tileSeconds + VISIBLE_SECONDS;
}

/**
 * What the sum was a tile ago, unless a new period began since, plus the tile. At the turn it writes the 0; a 0 without
 * news is dropped, or an idle group would come back with the last period's sum. It reads what was a tile ago and no
 * later, so it is the same at any evaluation interval, and on rulers that show results only after the evaluation.
 */
export function runningSum(sum: RunningSum): Expr {
  const { startRecord, id, tile, tileSeconds, start, by } = sum;
  const same: Expr = { ...isTrue("==", aTileAgo(startRecord, sum), start), matching: on() };
  const before = withLabel(binary(">", carried(sum), number(0)), "part", "before");
  const tiles = offset(over(selector(tile, id), tileSeconds * 1000), VISIBLE_SECONDS * 1000);
  return sumBy(by, binary("or", binary("*", before, same, ALL), call("sum_over_time", tiles)));
}

/**
 * Once `by` loses a label, the series that had it are remembered for days beside the sum into which they went: the largest
 * goes on, since all of them would go into it again with every tile.
 */
function carried(sum: RunningSum): Expr {
  return aggregate("max", sum.by, aTileAgo(sum.record, sum));
}

function aTileAgo(record: string, { id, tileSeconds }: RunningSum): Expr {
  return call("last_over_time", offset(over(selector(record, id), REMEMBERED_MS), tileSeconds * 1000));
}

/** A longer pause forgets the period so far. */
export const REMEMBERED_MS = 3 * DAY_MS;

/** The tile is written by then, whatever ruler it is. */
const VISIBLE_SECONDS = 60;

const ALL: Matching = { type: "on", labels: [], group: "left", include: [] };

function wholes(local: Expr, seconds: number): Expr {
  return binary("*", call("floor", call("vector", binary("/", local, number(seconds)))), number(seconds));
}

/** Whole days since the period began. */
function daysInto(unit: Exclude<CalendarUnit, "day">, local: Expr): Expr {
  switch (unit) {
    case "week":
      return binary("%", binary("+", call("day_of_week", local), number(6)), number(7));
    case "month":
      return binary("-", call("day_of_month", local), number(1));
    case "quarter":
      return binary("-", call("day_of_year", local), chain("+", number(1), ...daysBeforeQuarter(local)));
    case "year":
      return binary("-", call("day_of_year", local), number(1));
  }
}

/** 90, and one more from April on, and again from July on; in a leap year also in the first quarter. */
function daysInQuarter(local: Expr): Expr {
  const inFirst = binary("*", leapDay(local), isTrue("<", call("month", local), number(4)));
  const isFrom = (month: number): Expr => isTrue(">=", call("month", local), number(month));
  return chain("+", number(90), inFirst, isFrom(4), isFrom(7));
}

/** 1 in a leap year, until 2100. */
function leapDay(local: Expr): Expr {
  return isTrue("==", binary("%", call("year", local), number(4)), number(0));
}

/** January to March have 90 days, April to June 91, July to September 92; every fourth year, until 2100, one more in the first. */
function daysBeforeQuarter(local: Expr): Expr[] {
  const isAfter = (month: number): Expr => isTrue(">", call("month", local), number(month));
  return [
    binary("*", isAfter(3), binary("+", number(90), leapDay(local))),
    binary("*", isAfter(6), number(91)),
    binary("*", isAfter(9), number(92)),
  ];
}

function plus(expr: Expr, seconds: number): Expr {
  if (seconds === 0) return expr;
  return binary(seconds < 0 ? "-" : "+", expr, number(Math.abs(seconds)));
}
