/** A history written as the raw series that the SLI reads. */
import { printNumber } from "../promql/number.ts";
import type { CounterSeries, GaugeSeries, HistogramSeries, History } from "../sli/kind.ts";
import { type InputSeries, missing, runs, seriesName } from "./series-text.ts";
import type { Step } from "./slo/timeline.ts";

export type Labels = Readonly<Record<string, string>>;

/** Seconds between scrapes, and the Unix time of the first, which series that show a time need. */
export interface Scrapes {
  readonly scrape: number;
  readonly start: number;
}

/** The series of one group on one target, with these values. What never has a sample is left out. */
export function rawSeries({ series: all }: History, values: readonly string[], own: Labels): InputSeries[] {
  return all.flatMap(({ metric, labels }, index) => {
    const its = values[index] as string;
    return NEVER.test(its) ? [] : [{ series: seriesName(metric, { ...own, ...labels }), values: its }];
  });
}

const NEVER = /^_x\d+$/;

/** The values of each series, whoever it is about. */
export function rawValues(history: History, steps: readonly Step[], scrapes: Scrapes): string[] {
  switch (history.type) {
    case "counters":
      return history.series.map((series) => counterValues(series, steps));
    case "gauge":
      return history.series.map((series) => gaugeValues(series, steps, scrapes));
    case "histogram":
      return history.series.map((series) => histogramValues(series, steps));
  }
}

/** Series that count only failures are born with the first one, as real ones are. */
function counterValues(series: CounterSeries, steps: readonly Step[]): string {
  let value = 0;
  return runs(
    steps.map((step) => {
      value += step.good * series.perGood + step.bad * series.perBad;
      return step.there && (value > 0 || series.perGood > 0) ? value : undefined;
    }),
  );
}

function gaugeValues(series: GaugeSeries, steps: readonly Step[], { scrape, start }: Scrapes): string {
  let counted = 0;
  return runs(
    steps.map((step, index) => {
      const shown = series.good + (series.bad - series.good) * step.badShare;
      counted += index === 0 ? 0 : shown * scrape;
      if (!step.measured) return undefined;
      return series.as === "value" ? shown : series.as === "age" ? start + index * scrape - shown : counted;
    }),
  );
}

/** Every run of equal steps is one expanding expression: a start and what each scrape adds. */
function histogramValues(series: HistogramSeries, steps: readonly Step[]): string {
  const parts: string[] = [];
  let [good, bad, index] = [0, 0, 0];
  while (index < steps.length) {
    const step = steps[index] as Step;
    const length = sameSteps(steps, index);
    if (!step.there) parts.push(missing(index > 0, length));
    else parts.push(histogramRun(series, { good: good + step.good, bad: bad + step.bad }, step, length));
    good += step.good * length;
    bad += step.bad * length;
    index += length;
  }
  return parts.join(" ");
}

function sameSteps(steps: readonly Step[], from: number): number {
  const first = JSON.stringify(steps[from]);
  let end = from + 1;
  while (end < steps.length && (steps[end] === steps[end - 1] || JSON.stringify(steps[end]) === first)) end++;
  return end - from;
}

function histogramRun(series: HistogramSeries, first: GoodAndBad, step: Step, length: number): string {
  const start = histogramText(series, first);
  if (length === 1) return start;
  return `${start}+${histogramText(series, step)}x${length - 1}`;
}

type GoodAndBad = Pick<Step, "good" | "bad">;

/** One observation bucket below the threshold and one above it. */
function histogramText({ threshold, custom }: HistogramSeries, { good, bad }: GoodAndBad): string {
  const counts = `count:${good + bad} sum:${printNumber(good * threshold + 4 * bad * threshold)}`;
  if (custom)
    return `{{schema:-53 ${counts} custom_values:[${threshold} ${printNumber(threshold * 8)}] buckets:[${good} ${bad}]}}`;
  const below = Math.floor(Math.log2(threshold));
  const above = Math.ceil(Math.log2(threshold)) + 1;
  const between = Array<number>(Math.max(0, above - below - 1)).fill(0);
  return `{{schema:0 ${counts} offset:${below} buckets:[${[good, ...between, bad].join(" ")}]}}`;
}
