/**
 * The sums of a whole period, from tiles of an hour or so: an open one that grows tile by tile, and whole ones.
 * A period is read as all its whole tiles and the open one, so it is never behind, and at its far end no more than
 * one whole tile too long: a 720th of the period.
 * Where an SLO has calendar periods too, its tiles are cut at local marks and say in which period they lie.
 */
import type { CalendarPeriod } from "../model/period.ts";
import type { Expr, Matching, Selector } from "../promql/ast.ts";
import {
  aggregate,
  binary,
  call,
  isTrue,
  number,
  on,
  over,
  selector,
  subquery,
  sumBy,
  withLabel,
} from "../promql/build.ts";
import { dated, datedBy, ofCurrent } from "./calendar-label.ts";
import {
  badSum,
  type Count,
  KNOWN_STEP_MS,
  type Measure,
  shareOfWindow,
  tileMatching,
  totalSum,
  windowCoverage,
} from "./measure.ts";
import { periodTileRecord } from "./naming.ts";
import { tilesNow } from "./tiles.ts";

/** About 720 whole tiles make a period; fewer, and its far end would be coarse. */
const MOST_TILES = 750;
const LENGTHS = [900, 1800, 3600, 7200, 10_800, 14_400, 21_600, 43_200];

/** The open tile survives an outage of the ruler up to this long. */
const LONGEST_OUTAGE = 21_600;

/** Length of the whole tiles of a period in seconds; undefined where ordinary tiles are few enough. */
export function periodTileSeconds(measure: Measure, periodSeconds: number): number | undefined {
  if (!measure.needsTiles || periodSeconds <= MOST_TILES * measure.tileSeconds) return undefined;
  return LENGTHS.find((length) => periodSeconds <= MOST_TILES * length) ?? LENGTHS.at(-1);
}

/** Tiles of one length, and the calendar periods that they say they lie in: whole numbers of tiles, with one offset. */
export interface PeriodTiles {
  readonly length: number;
  readonly calendars: readonly CalendarPeriod[];
}

/** What the open tile holds now: all since the last whole one. */
export function openTile(measure: Measure, tiles: PeriodTiles): Expr {
  return binary("*", growing(measure, tiles), isTrue(">=", secondsInto(tiles), number(measure.tileSeconds)));
}

/** The open tile at the one evaluation at which it is whole. It is written before the open one begins anew. */
export function wholeTile(measure: Measure, tiles: PeriodTiles): Expr {
  const whole = binary("<", call("vector", secondsInto(tiles)), number(measure.tileSeconds));
  return binary("and", growing(measure, tiles), whole, on());
}

/** Error ratio of a period. No traffic gives no sample. */
export function periodRatio(measure: Measure, seconds: number): Expr {
  const length = periodTileSeconds(measure, seconds);
  const total = binary(">", periodSum(measure, "total", seconds), number(0));
  const matching = length === undefined ? tileMatching(measure, seconds) : undefined;
  return binary("/", periodSum(measure, "bad", seconds), total, matching);
}

/**
 * How much of a period counts: as of a window, but a group that was there in the period's first quarter is known, also
 * one that works on one day of the week. Retention need not reach further back than the period.
 */
export function periodCoverage(measure: Measure, seconds: number): Expr {
  const length = periodTileSeconds(measure, seconds);
  if (length === undefined) return windowCoverage(measure, seconds);
  const share = shareOfWindow(periodSum(measure, "samples", seconds), measure, seconds);
  return binary("or", knownEarly(measure, length, seconds), share);
}

/** All events of a period, per group. */
export function periodTotal(measure: Measure, seconds: number): Expr {
  return withoutCount(periodSum(measure, "total", seconds), measure, seconds);
}

/** The share of a period that was measured, per group: all of it for a group that is as old. */
export function periodShare(measure: Measure, seconds: number): Expr {
  return withoutCount(periodCoverage(measure, seconds), measure, seconds);
}

/** Ordinary tiles say what they count. */
function withoutCount(expr: Expr, measure: Measure, seconds: number): Expr {
  return periodMatching(measure, seconds) === undefined ? expr : withLabel(expr, "count", "");
}

/** The matching of a period's ratio with its coverage. */
export function periodMatching(measure: Measure, seconds: number): Matching | undefined {
  return periodTileSeconds(measure, seconds) === undefined ? tileMatching(measure, seconds) : undefined;
}

function periodSum(measure: Measure, count: Count, seconds: number): Expr {
  const length = periodTileSeconds(measure, seconds);
  if (length === undefined) return count === "bad" ? badSum(measure, seconds) : totalSum(measure, seconds);
  const whole = call("sum_over_time", over(part(measure, length, "whole", count), seconds * 1000));
  return sumBy(groupOf(measure), binary("or", whole, part(measure, length, "open", count)));
}

/** A tile is added to what was open; what was open is not lost when the group vanishes. */
function growing(measure: Measure, { length, calendars }: PeriodTiles): Expr {
  const tiles = tilesNow(measure);
  const last = call("last_over_time", over(part(measure, length, "open"), 1000 * Math.max(2 * length, LONGEST_OUTAGE)));
  const open = ofCurrent(last, measure, calendars);
  const ignoringPart: Matching = { type: "ignoring", labels: ["part", ...datedBy(calendars)] };
  const zero = (expr: Expr): Expr => binary("*", expr, number(0));
  const added = binary("or", tiles, zero(binary(">", open, number(0))), ignoringPart);
  const grown = binary("+", added, binary("or", open, zero(tiles), ignoringPart), ignoringPart);
  return dated(grown, measure, calendars);
}

function knownEarly(measure: Measure, length: number, seconds: number): Expr {
  const lookMs = seconds * 250;
  const series = part(measure, length, "open", "samples");
  const known = call("present_over_time", {
    ...subquery(series, lookMs, KNOWN_STEP_MS),
    offsetMs: seconds * 1000 - lookMs,
  });
  return aggregate("group", groupOf(measure), known);
}

/** The SLO's open or whole tiles. */
export function part(measure: Measure, length: number, which: "open" | "whole", count?: Count): Selector {
  const counted = count === undefined ? {} : { count };
  return selector(periodTileRecord(length), { ...measure.base.id, ...counted, part: which });
}

/** What tells groups of this SLO from all others. */
export function groupOf({ base }: Measure): string[] {
  return [...Object.keys(base.id), ...base.by];
}

/** Seconds since the last whole tile's time: only one evaluation in each falls into the first of them. */
function secondsInto({ length, calendars }: PeriodTiles): Expr {
  const offset = (calendars[0]?.offsetSeconds ?? 0) % length;
  const local = binary(offset < 0 ? "-" : "+", call("time"), number(Math.abs(offset)));
  return binary("%", offset === 0 ? call("time") : local, number(length));
}
