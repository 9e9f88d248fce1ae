/** What the rules of one SLO share: intervals, labels and the user's own expressions. */
import type { Expr, Raw } from "../../promql/ast.ts";
import { aggregate, binary, call, number, offset, over, subquery } from "../../promql/build.ts";
import { printDuration } from "../../promql/duration.ts";
import { HOUR_MS, MINUTE_MS } from "../../time/units.ts";
import type { ParsedMetric } from "../metric.ts";

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
  /** What good events are recorded as, where that is not `slo:good:increase`. */
  readonly goodRecord?: string;
  /** Of a composite: the components that record good events and not bad ones. */
  readonly goodComponents?: readonly string[];
}

/** `slo:good:increase`. */
export function recordName(name: string, { recordsOf = "slo" }: Base): string {
  return `${recordsOf}:${name}`;
}

/** The shortest range over which a rate is sound, and no shorter than the tile. */
export function rateWindowMs(base: Base): number {
  return Math.max(4 * base.scrapeMs, base.intervalMs);
}

/** A metric as it stands now: the series themselves, or the expression over the shortest sound window. */
export function valueNow(metric: ParsedMetric, base: Base): Expr {
  return metric.type === "selector" ? metric.selector : withWindow(metric.text, rateWindowMs(base));
}

/** The user's text with `$window` filled in. */
export function withWindow(text: string, windowMs: number): Raw {
  return { node: "raw", text: text.replaceAll("$window", printDuration(windowMs)) };
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

const LOOK_MS = 5 * MINUTE_MS;

function lastHour(metric: ParsedMetric, base: Base): Expr {
  const series = metric.type === "selector" ? metric.selector : withWindow(metric.text, rateWindowMs(base));
  // As old as what is judged, or a new group would begin with a slice without data.
  return { ...subquery(series, HOUR_MS, LOOK_MS), offsetMs: base.settleMs };
}
