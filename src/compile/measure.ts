/**
 * Windows over the base: sums of recorded counts, divided last.
 * Up to six hours they read the base itself; longer ones read tiles of a few minutes, an eighth of the samples or fewer.
 */
import type { Platform, Slo } from "../model/service.ts";
import type { Expr, Matching, Selector } from "../promql/ast.ts";
import { binary, call, chain, number, over, selector, subquery, withLabel } from "../promql/build.ts";
import { DAY_MS } from "../promql/duration.ts";
import type { Base } from "../sli/base.ts";
import { idLabels, records, tileRecord } from "./naming.ts";

const LONGEST_ON_BASE = 21_600;
const LONGEST_TILE = 240;

/** How one SLO is measured. */
export interface Measure {
  readonly base: Base;
  readonly intervalSeconds: number;
  /** A whole number of intervals, no more than 4m: beyond that its series would vanish between evaluations. */
  readonly tileSeconds: number;
  readonly needsTiles: boolean;
  /** Prometheus 2 reads both ends of a range: its ranges are half an interval short, so as not to count one sample twice. */
  readonly closedRanges: boolean;
}

export function measureOf(slo: Slo, platform: Platform, windows: readonly number[]): Measure {
  const intervalSeconds = slo.evaluationSeconds;
  return {
    base: {
      by: [...new Set([...slo.groupBy, ...platform.identity])].sort(),
      identity: [...platform.identity].sort(),
      intervalMs: intervalSeconds * 1000,
      settleMs: platform.settleSeconds * 1000,
      scrapeMs: slo.scrapeSeconds * 1000,
      id: idLabels(slo),
      noTraffic: slo.noTraffic,
      errorBudget: slo.errorBudget,
    },
    intervalSeconds,
    tileSeconds: Math.max(1, Math.floor(LONGEST_TILE / intervalSeconds)) * intervalSeconds,
    closedRanges: platform.prometheus === 2,
    needsTiles: windows.some((seconds) => isLong(seconds)),
  };
}

/** Whether a window is too long to be summed from the base at every evaluation. */
export function isLong(seconds: number): boolean {
  return seconds > LONGEST_ON_BASE;
}

/** Bad events in a window, per group. */
export function badSum(measure: Measure, seconds: number): Expr {
  return isLong(seconds) ? tileSum(measure, "bad", seconds) : sum(records.bad, measure, seconds);
}

/** All events in a window, per group. */
export function totalSum(measure: Measure, seconds: number): Expr {
  return isLong(seconds) ? tileSum(measure, "total", seconds) : sum(records.total, measure, seconds);
}

/** Error ratio of a window. No traffic gives no sample. */
export function errorRatio(measure: Measure, seconds: number): Expr {
  return binary(
    "/",
    badSum(measure, seconds),
    binary(">", totalSum(measure, seconds), number(0)),
    tileMatching(seconds),
  );
}

/**
 * How much of a window counts, per group: all of it where the group was known before the window began, or else the
 * share of evaluations that left a sample. A group that works four hours a day is judged by them; a new one starts quietly.
 */
export function windowCoverage(measure: Measure, seconds: number): Expr {
  const expected = number(seconds / measure.intervalSeconds);
  const share = call("clamp_max", binary("/", samplesIn(measure, seconds), expected), number(1));
  return binary("or", knownBefore(measure, seconds), share);
}

function samplesIn(measure: Measure, seconds: number): Expr {
  if (isLong(seconds)) return tileSum(measure, "samples", seconds);
  return call("count_over_time", over(selector(records.total, measure.base.id), rangeMs(measure, seconds)));
}

/** Every half hour is often enough to know a group. */
const KNOWN_STEP_MS = 1_800_000;

/** 1 for every group that had a sample in the day before the window. */
function knownBefore(measure: Measure, seconds: number): Expr {
  const series = isLong(seconds) ? tileSelector(measure, "samples") : selector(records.total, measure.base.id);
  return call("present_over_time", { ...subquery(series, DAY_MS, KNOWN_STEP_MS), offsetMs: seconds * 1000 });
}

/** The `count` label of tiles takes no part in matching. */
export function tileMatching(seconds: number): Matching | undefined {
  return isLong(seconds) ? { type: "ignoring", labels: ["count"] } : undefined;
}

/** One tile: bad, total and samples of the base since the last one, and an interval ago, when all of them are written. */
export function tile(measure: Measure): Expr {
  const window = (record: string) => ({
    ...over(selector(record, measure.base.id), rangeMs(measure, measure.tileSeconds)),
    offsetMs: measure.base.intervalMs,
  });
  return chain(
    "or",
    withLabel(call("sum_over_time", window(records.bad)), "count", "bad"),
    withLabel(call("sum_over_time", window(records.total)), "count", "total"),
    withLabel(call("count_over_time", window(records.total)), "count", "samples"),
  );
}

/** The range that holds a window's samples, each once. */
function rangeMs(measure: Measure, seconds: number, everySeconds = measure.intervalSeconds): number {
  return seconds * 1000 - (measure.closedRanges ? everySeconds * 500 : 0);
}

function sum(record: string, measure: Measure, seconds: number): Expr {
  return call("sum_over_time", over(selector(record, measure.base.id), rangeMs(measure, seconds)));
}

function tileSum(measure: Measure, count: string, seconds: number): Expr {
  return call("sum_over_time", over(tileSelector(measure, count), rangeMs(measure, seconds, measure.tileSeconds)));
}

function tileSelector(measure: Measure, count: string): Selector {
  return selector(tileRecord(measure.tileSeconds), { ...measure.base.id, count });
}
