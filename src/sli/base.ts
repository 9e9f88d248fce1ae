/**
 * The exact base: what happened since the last evaluation, per series, then summed.
 *
 * Every increment is counted once: the older of two readings looks back as far as a gap may last, so that differences
 * telescope over missed scrapes; a reset counts the new value; a series born on a target that was already scraped,
 * or in a young process, counts from zero. Readings are `settle` old, because a scrape becomes visible only when it ends.
 */
import type { Expr, Selector } from "../promql/ast.ts";
import { aggregate, binary, call, chain, number, offset, over, selector, subquery, sumBy } from "../promql/build.ts";
import { HOUR_MS, printDuration } from "../promql/duration.ts";
import { lastCounted, notNegative, readingBefore } from "./last-seen.ts";
import type { ParsedMetric } from "./metric.ts";
import { lookbackMs, ofTarget, onTarget, targetLabels } from "./target.ts";

/** How one SLO is measured. Times in milliseconds. */
export interface Base {
  /** Labels of the result: groupBy and identity. */
  readonly by: readonly string[];
  readonly identity: readonly string[];
  /** The evaluation interval: one tile. */
  readonly intervalMs: number;
  readonly settleMs: number;
  readonly scrapeMs: number;
  /** How long a gap in scraping may last without losing anything, where it is longer than usual. */
  readonly gapMs?: number;
  /** `slo_service` and `slo`. */
  readonly id: Readonly<Record<string, string>>;
  /** What the names of its records begin with, where that is not `slo`. */
  readonly recordsOf?: string;
  readonly noTraffic: "ignore" | "bad" | "good";
  /** Of a composite: the components that record good events and not bad ones. */
  readonly goodComponents?: readonly string[];
}

/** `slo:good:increase`. */
export function recordName(name: string, { recordsOf = "slo" }: Base): string {
  return `${recordsOf}:${name}`;
}

/** How old the newest sample of a living series may be: one scrape may be missed. */
function freshMs(base: Base): number {
  return Math.max(base.intervalMs, 2 * base.scrapeMs);
}

/** The shortest range over which a rate is sound, and no shorter than the tile. */
export function rateWindowMs(base: Base): number {
  return Math.max(4 * base.scrapeMs, base.intervalMs);
}

/** What a counter gained in the last tile, summed by the group labels. */
export function increments(metric: ParsedMetric, base: Base): Expr {
  if (metric.type === "promql") return sumBy(base.by, rateTimesInterval(metric.text, base));
  return sumBy(base.by, seriesIncrements(metric.selector, base));
}

/** A metric as it stands now: the series themselves, or the expression over the shortest sound window. */
export function valueNow(metric: ParsedMetric, base: Base): Expr {
  return metric.type === "selector" ? metric.selector : withWindow(metric.text, rateWindowMs(base));
}

/** The user's text with `$window` filled in. */
export function withWindow(text: string, windowMs: number): Expr {
  return { node: "raw", text: text.replaceAll("$window", printDuration(windowMs)) };
}

function rateTimesInterval(promql: string, base: Base): Expr {
  return binary("*", finite(withWindow(promql, rateWindowMs(base))), number(base.intervalMs / 1000));
}

/** Increments are never negative: this drops NaN and infinity, either of which would poison every window it enters. */
function finite(expr: Expr): Expr {
  return binary("<", expr, number(Number.POSITIVE_INFINITY));
}

function seriesIncrements(counter: Selector, base: Base): Expr {
  // A dying series is read once more after its stale marker, or its last increments would be lost.
  const now = call("last_over_time", offset(over(counter, freshMs(base)), base.settleMs));
  const born = binary("unless", now, knownBefore(counter, base));
  const increments = chain(
    "or",
    notNegative(binary("-", now, lastCounted(counter, base))),
    binary("<", now, readingBefore(counter, base)),
    binary("and", born, bornUnderWatch(counter, base), onTarget(base)),
  );
  return finite(increments);
}

/** Three looks at the last hour: each costs a reading of every series at every evaluation. */
const KNOWN_STEP_MS = 1_200_000;

/**
 * A series that was away for longer than the lookback, and comes back no lower, is not newborn: its value is its whole
 * life. Not so in a process younger than a look: what was seen before was another's.
 */
function knownBefore(counter: Selector, base: Base): Expr {
  const ago = base.settleMs + base.intervalMs;
  const looks = { ...subquery(finite(counter), HOUR_MS, KNOWN_STEP_MS), offsetMs: ago };
  const known = binary("<=", call("last_over_time", looks), offset(counter, base.settleMs));
  return binary("unless", known, startedWithin(ago + KNOWN_STEP_MS, counter, base), onTarget(base));
}

/** Targets that were scraped before this tile under the same labels, or whose process is younger than the lookback. */
function bornUnderWatch(counter: Selector, base: Base): Expr {
  const up = ofTarget("up", counter, base);
  const ago = base.settleMs + base.intervalMs;
  // Two and a half scrapes apart, looks fall on even and odd ones alike.
  const looks = { ...subquery(up, lookbackMs(base), 2.5 * base.scrapeMs), offsetMs: ago };
  const best = call("max_over_time", looks);
  // Several endpoints of one instance are told apart by labels that series need not have: they must all have been there.
  const scraped = binary("==", aggregate("min", targetLabels(base), best), number(1));
  // `up` has a sample for every scrape, failed ones too: an instant tells whether the target was there.
  const relabelled = binary("unless", up, offset(up, ago));
  const watched = binary("unless", scraped, relabelled, onTarget(base));
  return binary("or", watched, startedWithin(base.settleMs + lookbackMs(base), counter, base));
}

/** Targets whose process began no longer ago. */
function startedWithin(ms: number, counter: Selector, base: Base): Expr {
  const start = ofTarget("process_start_time_seconds", counter, base);
  return binary(">", start, binary("-", call("time"), number(ms / 1000)));
}

/** Per-series values of a gauge over its slice; NaN is no value. */
export function sliceValues(metric: ParsedMetric, sliceSeconds: number, base: Base): Expr {
  return binary(">", rawValues(metric, sliceSeconds, base), number(Number.NEGATIVE_INFINITY));
}

function rawValues(metric: ParsedMetric, sliceSeconds: number, base: Base): Expr {
  if (metric.type === "promql") return withWindow(metric.text, rateWindowMs(base));
  return call(
    "avg_over_time",
    offset(over(metric.selector, Math.max(sliceSeconds * 1000, base.scrapeMs)), base.settleMs),
  );
}

/**
 * Fills in what a slice without data counts as, for every group that was there within the hour.
 *
 * @param each - What a missing group adds; undefined where it adds nothing.
 */
export function orMissing(present: Expr, metric: ParsedMetric, each: number | undefined, base: Base): Expr {
  if (each === undefined) return present;
  if (base.by.length === 0) return binary("or", present, call("vector", number(each)));
  const seen = aggregate("group", base.by, call("last_over_time", lastHour(metric, base)));
  return binary("or", present, each === 1 ? seen : binary("*", number(each), seen));
}

const LOOK_MS = 300_000;

function lastHour(metric: ParsedMetric, base: Base): Expr {
  const series = metric.type === "selector" ? metric.selector : withWindow(metric.text, rateWindowMs(base));
  return subquery(series, HOUR_MS, LOOK_MS);
}
