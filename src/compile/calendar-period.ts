/**
 * Budgets of calendar periods: the error ratio since the period began, times the share of the period that has passed.
 *
 * Tiles say which period they lie in, so that those of the current one can be summed: a period begins anew by itself,
 * whatever was missed at its boundary. Where samples are not kept for a whole period, what it has counted so far is
 * carried from evaluation to evaluation instead.
 */
import type { CalendarPeriod, CalendarUnit, Period } from "../model/period.ts";
import type { Slo } from "../model/service.ts";
import type { Expr, Matching, Selector } from "../promql/ast.ts";
import { aggregate, binary, call, number, over, selector, sumBy, withLabel } from "../promql/build.ts";
import { daysInPeriod, elapsedSeconds, longestSeconds } from "./calendar.ts";
import { calendarOf, dated, datedBy, ofCurrent, ofEarlier } from "./calendar-label.ts";
import type { Count, Measure } from "./measure.ts";
import { soFarRecord } from "./naming.ts";
import { groupOf, type PeriodTiles, part, periodTileSeconds } from "./period.ts";
import { tilesNow } from "./tiles.ts";

const DAY = 86_400;

/** Every boundary of the period is one of a tile: their length changes nothing but the cost. */
const tileLengths = {
  day: 3600,
  week: 3600,
  month: 3600,
  quarter: 10_800,
  year: 43_200,
} as const satisfies Readonly<Record<CalendarUnit, number>>;

/** So long may evaluations fail before what a period has counted is forgotten, where samples are not kept for it. */
export const SO_FAR_SECONDS = 43_200;

/** The tiles that an SLO's periods read: those of one length are shared. */
export function periodTilesOf(slo: Slo, measure: Measure): PeriodTiles[] {
  const lengths = slo.periods.map((period) => tilesLength(period, measure)).filter((length) => length !== undefined);
  return [...new Set(lengths)].map((length) => ({
    length,
    calendars: slo.periods.flatMap((period) =>
      period.kind === "calendar" && tilesLength(period, measure) === length ? [period] : [],
    ),
  }));
}

/** Periods whose count is carried on, because samples are not kept long enough. */
export function soFarPeriods(slo: Slo, measure: Measure): CalendarPeriod[] {
  return slo.periods.flatMap((period) => (period.kind === "calendar" && isCarried(period, measure) ? [period] : []));
}

/** Whether samples are kept for less than the period and the day before, which tells old groups from new ones. */
export function isCarried({ unit }: CalendarPeriod, { retentionSeconds }: Measure): boolean {
  return retentionSeconds !== undefined && retentionSeconds < longestSeconds[unit] + DAY;
}

/** The bad share of the period's events, as if the rest of the period were good. No traffic gives no sample. */
export function calendarSpent(measure: Measure, period: CalendarPeriod): Expr {
  const total = binary(">", sum(measure, period, "total"), number(0));
  const ratio = binary("/", sum(measure, period, "bad"), total);
  return binary("*", ratio, binary("or", knownShare(measure, period), seenShare(measure, period)));
}

/** What the period has counted: a tile more than at the last evaluation, and nothing of the period before. */
export function soFar(measure: Measure, period: CalendarPeriod): Expr {
  const ignoring: Matching = { type: "ignoring", labels: datedBy([period]) };
  const zero = (expr: Expr): Expr => binary("*", expr, number(0));
  const tiles = tilesNow(measure);
  const carried = ofCurrent(lastSoFar(measure, period), measure, [period]);
  const added = binary("or", tiles, zero(carried), ignoring);
  const grown = binary("+", added, binary("or", carried, zero(tiles), ignoring), ignoring);
  return dated(binary("or", grown, knownGroups(measure, period)), measure, [period]);
}

/** How long the current period is, in seconds. */
export function calendarSeconds(period: CalendarPeriod): Expr {
  return binary("*", daysInPeriod(calendarOf(period)), number(DAY));
}

/** Length of the tiles that a period reads; undefined where it needs none. */
function tilesLength(period: Period, measure: Measure): number | undefined {
  if (period.kind === "rolling") return periodTileSeconds(measure, period.seconds);
  return isCarried(period, measure) ? undefined : tileLengths[period.unit];
}

function sum(measure: Measure, period: CalendarPeriod, count: Count): Expr {
  const counted = isCarried(period, measure)
    ? carriedSum(measure, period, count)
    : binary("or", wholeTiles(measure, period, count), part(measure, tileLengths[period.unit], "open", count));
  return sumBy(groupOf(measure), ofCurrent(counted, measure, [period]));
}

function wholeTiles(measure: Measure, { unit }: CalendarPeriod, count: Count): Expr {
  const length = tileLengths[unit];
  const range = longestSeconds[unit] * 1000;
  return call("sum_over_time", over(part(measure, length, "whole", count), range));
}

function carriedSum(measure: Measure, { unit }: CalendarPeriod, count: Count | "known"): Selector {
  return selector(soFarRecord(unit), { ...measure.base.id, count });
}

/** A group that was there in an earlier period is judged by all the time that has passed of this one. */
function knownShare(measure: Measure, period: CalendarPeriod): Expr {
  const passed = binary("/", passedSeconds(measure, period), lengthSeconds(measure, period));
  return binary("*", isCarried(period, measure) ? stillKnown(measure, period) : seenEarlier(measure, period), passed);
}

/** A new group is judged by the time that it was there. */
function seenShare(measure: Measure, period: CalendarPeriod): Expr {
  const seen = binary("*", sum(measure, period, "samples"), number(measure.intervalSeconds));
  return binary("/", seen, lengthSeconds(measure, period));
}

/** The range reaches over the whole period before, so that what is known stays known until this one ends. */
function seenEarlier(measure: Measure, period: CalendarPeriod): Expr {
  const range = 2000 * longestSeconds[period.unit];
  const tiles = over(part(measure, tileLengths[period.unit], "whole", "samples"), range);
  return aggregate("group", groupOf(measure), ofEarlier(call("present_over_time", tiles), measure, period));
}

function stillKnown(measure: Measure, period: CalendarPeriod): Expr {
  return aggregate("group", groupOf(measure), ofCurrent(carriedSum(measure, period, "known"), measure, [period]));
}

/** Groups of the period before, noted as the new one begins. */
function knownGroups(measure: Measure, period: CalendarPeriod): Expr {
  const earlier = ofEarlier(lastSoFar(measure, period, { count: "samples" }), measure, period);
  return withLabel(aggregate("group", groupOf(measure), earlier), "count", "known");
}

function lastSoFar(measure: Measure, { unit }: CalendarPeriod, labels: Readonly<Record<string, string>> = {}): Expr {
  const series = selector(soFarRecord(unit), { ...measure.base.id, ...labels });
  return call("last_over_time", over(series, SO_FAR_SECONDS * 1000));
}

/** Seconds of the period up to now: the current tile's start, and the tile. */
function passedSeconds(measure: Measure, period: CalendarPeriod): Expr {
  const passed = elapsedSeconds(calendarOf(period), measure.tileSeconds);
  return call("scalar", binary("+", passed, number(measure.tileSeconds)));
}

function lengthSeconds(measure: Measure, period: CalendarPeriod): Expr {
  const { unit } = period;
  if (unit === "day" || unit === "week") return number(longestSeconds[unit]);
  return call("scalar", binary("*", daysInPeriod(calendarOf(period), measure.tileSeconds), number(DAY)));
}
