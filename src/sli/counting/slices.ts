/** What all time-slice kinds share: one evaluation is one share of a slice, good or bad. */
import type { Expr, Selector } from "../../promql/ast.ts";
import { oncePer } from "../../promql/clock.ts";
import { printSeconds } from "../../promql/duration.ts";
import type { Counts, GaugeSeries, History } from "../kind.ts";
import type { ParsedMetric } from "../metric.ts";
import { sampleLabels } from "../sample-labels.ts";
import { type Base, orMissing } from "./base.ts";

export const DEFAULT_SLICE_SECONDS = 60;

interface Judged {
  readonly metric: ParsedMetric;
  readonly sliceSeconds: number;
  /** How many slices end now, per group. */
  readonly slices: Expr;
  /** How many of them are bad. */
  readonly bad: Expr;
}

/** Once in a slice, its events: as many as there are series with a value, those bad that break the rule. */
export function sliceCounts({ metric, sliceSeconds, slices, bad }: Judged, base: Base): Counts {
  const everySeconds = Math.max(sliceSeconds, base.intervalMs / 1000);
  const once = (expr: Expr): Expr => oncePer(everySeconds, base.intervalMs / 1000, expr);
  return {
    total: once(orMissing(slices, metric, base.noTraffic === "ignore" ? undefined : 1, base)),
    part: { of: "bad", expr: once(orMissing(bad, metric, missingBad[base.noTraffic], base)) },
    totalSeries: selectorOf(metric),
    everySeconds,
    comments: { total: sliceComment(everySeconds, base) },
  };
}

/** What a slice without data adds to the bad ones; undefined where it is not bad. */
const missingBad = { ignore: undefined, bad: 1, good: 0 } as const;

function sliceComment(everySeconds: number, { noTraffic }: Base): string {
  const missing = noTraffic === "ignore" ? "" : ` A slice without data is ${noTraffic}.`;
  return `Once every ${printSeconds(everySeconds)}: one slice per series with a value (NaN does not count).${missing}`;
}

/** "slices of 1m in which …" */
export function sliceWords(sliceSeconds: number, condition: string): string {
  return `slices of ${printSeconds(sliceSeconds)} in which ${condition}`;
}

type Shown = Pick<GaugeSeries, "good" | "bad" | "as" | "overSeconds" | "judge">;

/** A history of one gauge series; expressions have none, since nobody knows what they read. */
export function gaugeHistory(metric: ParsedMetric, shown: Shown): History | undefined {
  if (metric.type !== "selector") return undefined;
  const labels = sampleLabels(metric.selector.matchers);
  return labels && { type: "gauge", series: [{ metric: metric.selector.metric, labels, ...shown }] };
}

/** The mean of a slice's readings, judged by a condition for being bad. */
export function judgeMean(isBad: (mean: number) => boolean): (readings: readonly number[]) => number {
  return (readings) => (isBad(mean(readings)) ? 1 : 0);
}

export function mean(readings: readonly number[]): number {
  return readings.reduce((sum, value) => sum + value, 0) / readings.length;
}

/** The metric's selector where it has one. */
export function selectorOf(metric: ParsedMetric): Selector | undefined {
  return metric.type === "selector" ? metric.selector : undefined;
}
