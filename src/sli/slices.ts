/** What all time-slice kinds share: one evaluation is one share of a slice, good or bad. */
import type { Expr, Selector } from "../promql/ast.ts";
import { binary, number } from "../promql/build.ts";
import { printSeconds } from "../promql/duration.ts";
import { type Base, orMissing, sliceShare } from "./base.ts";
import type { Counts, GaugeSeries, History } from "./kind.ts";
import type { ParsedMetric } from "./metric.ts";
import { witness } from "./witness.ts";

export const DEFAULT_SLICE_SECONDS = 60;

interface Judged {
  readonly metric: ParsedMetric;
  readonly sliceSeconds: number;
  /** How many slices end now, per group. */
  readonly slices: Expr;
  /** How many of them are bad. */
  readonly bad: Expr;
}

/** Counts of slices, in slices: an evaluation every 30s of a 1m slice adds a half. */
export function sliceCounts({ metric, sliceSeconds, slices, bad }: Judged, base: Base): Counts {
  const share = sliceShare(sliceSeconds, base);
  return {
    total: orMissing(times(slices, share), metric, share, base),
    bad: orMissing(times(bad, share), metric, base.noTraffic === "bad" ? share : 0, base),
    witness: metric.type === "selector" ? metric.selector : undefined,
    broken: [],
  };
}

/** "slices of 1m in which …" */
export function sliceWords(sliceSeconds: number, condition: string): string {
  return `slices of ${printSeconds(sliceSeconds)} in which ${condition}`;
}

type Shown = Pick<GaugeSeries, "good" | "bad" | "as" | "overSeconds" | "judge">;

/** A history of one gauge series; expressions have none, since nobody knows what they read. */
export function gaugeHistory(metric: ParsedMetric, shown: Shown): History | undefined {
  if (metric.type !== "selector") return undefined;
  const labels = witness(metric.selector.matchers);
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

function times(expr: Expr, share: number): Expr {
  return share === 1 ? expr : binary("*", expr, number(share));
}
