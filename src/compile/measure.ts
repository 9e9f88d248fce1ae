/**
 * Windows over the base: sums of recorded counts, divided last.
 * Short ones read the base itself, longer ones tiles of a few minutes, and the period tiles of an hour or so.
 */
import type { Platform, Slo } from "../model/service.ts";
import type { Expr, Matching, Selector } from "../promql/ast.ts";
import { binary, call, number, over, selector, subquery, withLabel } from "../promql/build.ts";
import { DAY_MS, HOUR_MS } from "../promql/duration.ts";
import type { Base } from "../sli/base.ts";
import { COMPONENT } from "../sli/composite.ts";
import { errorRatioRecord, idLabels, records, tileRecord } from "./naming.ts";
import { tileLength } from "./tiling.ts";

/** From here on a window reads tiles: evaluated at every scrape, six hours of the base would cost more than all the rest. */
const TILES_FROM = 21_600;

/** What is counted: bad and all events, and the samples of the base that hold them. */
export const COUNTS = ["bad", "total", "samples"] as const;

export type Count = (typeof COUNTS)[number];

/** How one SLO is measured. Times in seconds. */
export interface Measure {
  readonly base: Base;
  /** groupBy and identity: what tells two error budgets apart. The base of a composite has its components besides. */
  readonly groupLabels: readonly string[];
  readonly intervalSeconds: number;
  /** A whole number of intervals, no more than 4m: beyond that its series would vanish between evaluations. */
  readonly tileSeconds: number;
  /** The shortest window that reads tiles. */
  readonly tilesFromSeconds: number;
  readonly needsTiles: boolean;
  /** Whether the error ratio of the last hour is recorded: it tells of traffic for an hour after it. */
  readonly recordsHour: boolean;
  /** How long samples are kept, where that is known. */
  readonly retentionSeconds: number | undefined;
}

/**
 * @param windows - Every window that the SLO's rules look back, in seconds.
 * @param firstPage - Long window of the page that detects first. Nothing covers for it, so it is never slowed by tiles up to six hours.
 * @param ratios - Windows whose error ratio is recorded from the SLO's own counts, in seconds.
 */
export function measureOf(
  slo: Slo,
  platform: Platform,
  windows: readonly number[],
  firstPage = 0,
  ratios: readonly number[] = [],
): Measure {
  const intervalSeconds = slo.evaluationSeconds;
  const groupLabels = [...new Set([...slo.groupBy, ...platform.identity])].sort();
  const tilesFromSeconds = firstPage === TILES_FROM ? TILES_FROM + 1 : TILES_FROM;
  return {
    base: {
      by: slo.sli.kind === "composite" ? [...groupLabels, COMPONENT].sort() : groupLabels,
      identity: [...platform.identity].sort(),
      intervalMs: intervalSeconds * 1000,
      settleMs: platform.settleSeconds * 1000,
      scrapeMs: slo.scrapeSeconds * 1000,
      id: idLabels(slo),
      // Groups with objectives of their own write theirs after the counts.
      ...(slo.objectives.length === 0 ? { heartbeat: selector(records.objective, idLabels(slo)) } : {}),
      noTraffic: slo.noTraffic,
      counted: countedRecords(slo),
      errorBudget: slo.errorBudget,
    },
    groupLabels,
    intervalSeconds,
    tileSeconds: tileLength(intervalSeconds),
    tilesFromSeconds,
    retentionSeconds: platform.retentionSeconds,
    recordsHour: ratios.includes(HOUR_MS / 1000) && slo.sli.kind !== "composite",
    needsTiles: windows.some((seconds) => seconds >= tilesFromSeconds),
  };
}

/** Where slices are counted, the events that they are judged by have names of their own. */
function countedRecords({ budgeting }: Slo): Base["counted"] {
  if (budgeting.kind === "events") return { total: records.total, bad: records.bad };
  return { total: records.eventTotal, bad: records.eventBad };
}

/** Whether a window reads tiles, and is evaluated as often as they are written. */
export function isLong({ tilesFromSeconds }: Measure, seconds: number): boolean {
  return seconds >= tilesFromSeconds;
}

/** Bad events in a window, per group. */
export function badSum(measure: Measure, seconds: number): Expr {
  return isLong(measure, seconds) ? tileSum(measure, "bad", seconds) : baseSum(records.bad, measure, seconds);
}

/** All events in a window, per group. */
export function totalSum(measure: Measure, seconds: number): Expr {
  return isLong(measure, seconds) ? tileSum(measure, "total", seconds) : baseSum(records.total, measure, seconds);
}

/** Error ratio of a window. No traffic gives no sample. */
export function errorRatio(measure: Measure, seconds: number): Expr {
  return binary(
    "/",
    badSum(measure, seconds),
    binary(">", totalSum(measure, seconds), number(0)),
    tileMatching(measure, seconds),
  );
}

/**
 * How much of a window counts, per group: all of it where the group was known before the window began, or else the
 * share of evaluations that left a sample. A group that works four hours a day is judged by them; a new one starts quietly.
 */
export function windowCoverage(measure: Measure, seconds: number): Expr {
  const share = shareOfWindow(samplesIn(measure, seconds), measure, seconds);
  return binary("or", knownBefore(measure, seconds), share);
}

/** Samples as a share of those that a full window holds. */
export function shareOfWindow(samples: Expr, measure: Measure, seconds: number): Expr {
  return call("clamp_max", binary("/", samples, number(seconds / measure.intervalSeconds)), number(1));
}

/** The `count` label of tiles takes no part in matching. */
export function tileMatching(measure: Measure, seconds: number): Matching | undefined {
  return isLong(measure, seconds) ? { type: "ignoring", labels: ["count"] } : undefined;
}

/** Every half hour is often enough to know a group. */
export const KNOWN_STEP_MS = 1_800_000;

/** The SLO's tiles of one count. */
export function tileSelector(measure: Measure, count: Count): Selector {
  return selector(tileRecord(measure.tileSeconds), { ...measure.base.id, count });
}

function samplesIn(measure: Measure, seconds: number): Expr {
  if (isLong(measure, seconds)) return tileSum(measure, "samples", seconds);
  return call("count_over_time", over(selector(records.total, measure.base.id), seconds * 1000));
}

/** 1 for every group that had traffic in the day before the window, for however short a time where the hour's ratio says so. */
function knownBefore(measure: Measure, seconds: number): Expr {
  const isOfTiles = isLong(measure, seconds);
  const counted = isOfTiles ? tileSelector(measure, "samples") : selector(records.total, measure.base.id);
  const series = measure.recordsHour ? selector(errorRatioRecord(HOUR_MS / 1000), measure.base.id) : counted;
  const known = call("present_over_time", { ...subquery(series, DAY_MS, KNOWN_STEP_MS), offsetMs: seconds * 1000 });
  return measure.recordsHour && isOfTiles ? withLabel(known, "count", "samples") : known;
}

function baseSum(record: string, measure: Measure, seconds: number): Expr {
  return call("sum_over_time", over(selector(record, measure.base.id), seconds * 1000));
}

function tileSum(measure: Measure, count: Count, seconds: number): Expr {
  return call("sum_over_time", over(tileSelector(measure, count), seconds * 1000));
}
