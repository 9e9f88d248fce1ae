/**
 * What the base rules must record, computed from the history and not from PromQL:
 * one number of units and of bad units for every evaluation, or nothing.
 */
import { type Base, rateWindowMs, sliceShare } from "../sli/base.ts";
import type { GaugeSeries, History } from "../sli/kind.ts";
import { lookbackMs } from "../sli/target.ts";
import type { Step } from "./timeline.ts";

/** Per evaluation, from time 0; undefined where the base has no sample. */
export interface Ticks {
  readonly total: readonly (number | undefined)[];
  readonly bad: readonly (number | undefined)[];
  /** Events, where the other two count slices of them. */
  readonly events?: readonly (number | undefined)[];
}

/** A tick's two counts. */
type Tick = { readonly total: number; readonly bad: number } | undefined;

export function baseTicks(history: History, steps: readonly Step[], base: Base, sliceSeconds: number): Ticks {
  const scrape = base.scrapeMs / 1000;
  const interval = base.intervalMs / 1000;
  const count = Math.floor(((steps.length - 1) * scrape) / interval) + 1;
  const at = tickReader(history, steps, base, sliceSeconds);
  const ticks = Array.from({ length: count }, (_, index) => at(index * interval));
  return { total: ticks.map((tick) => tick?.total), bad: ticks.map((tick) => tick?.bad) };
}

function tickReader(
  history: History,
  steps: readonly Step[],
  base: Base,
  sliceSeconds: number,
): (time: number) => Tick {
  switch (history.type) {
    case "counters":
      return counterTick(steps, base);
    case "histogram":
      return histogramTick(steps, base);
    case "gauge":
      return gaugeTick(history.series[0] as GaugeSeries, steps, base, sliceShare(sliceSeconds, base));
  }
}

/** The difference of two readings, a tile apart. The first reading of all has nothing before it. */
function counterTick(steps: readonly Step[], base: Base): (time: number) => Tick {
  const good = cumulative(steps, (step) => step.good);
  const bad = cumulative(steps, (step) => step.bad);
  const fresh = Math.max(base.intervalMs, 2 * base.scrapeMs) / 1000;
  const [settle, interval] = [base.settleMs / 1000, base.intervalMs / 1000];
  return (time) => {
    const now = lastAlive(steps, time - settle, fresh, base);
    const before = lastAlive(steps, time - settle - interval, lookbackMs(base) / 1000, base);
    if (now === undefined || before === undefined) return undefined;
    const badUnits = at(bad, now) - at(bad, before);
    return { total: badUnits + at(good, now) - at(good, before), bad: badUnits };
  };
}

/** Index of the last reading in (time − range, time]. */
function lastAlive(steps: readonly Step[], time: number, range: number, base: Base): number | undefined {
  return aliveWithin(steps, time, range, base).at(-1);
}

function aliveWithin(steps: readonly Step[], time: number, range: number, base: Base): number[] {
  const scrape = base.scrapeMs / 1000;
  const last = Math.min(Math.floor(time / scrape), steps.length - 1);
  const found: number[] = [];
  for (let index = last; index >= 0 && index * scrape > time - range; index--) {
    if (steps[index]?.alive) found.unshift(index);
  }
  return found;
}

/** Increases are extrapolated to the window's edges, as Prometheus does: all buckets alike, by the count of all. */
function histogramTick(steps: readonly Step[], base: Base): (time: number) => Tick {
  const total = cumulative(steps, (step) => step.good + step.bad);
  const bad = cumulative(steps, (step) => step.bad);
  const window = rateWindowMs(base) / 1000;
  const share = base.intervalMs / rateWindowMs(base);
  return (time) => {
    const end = time - base.settleMs / 1000;
    const readings = aliveWithin(steps, end, window, base);
    if (readings.length < 2) return undefined;
    const scale = share * extrapolation(total, readings, end, window, base);
    return { total: scale * growth(total, readings), bad: scale * growth(bad, readings) };
  };
}

/** By how much what was seen grows: `extrapolatedRate` in Prometheus' promql/functions.go, for counters that start at zero. */
function extrapolation(
  values: readonly number[],
  readings: readonly number[],
  end: number,
  window: number,
  base: Base,
): number {
  const scrape = base.scrapeMs / 1000;
  const [first = 0, last = 0] = [readings[0], readings.at(-1)];
  const sampled = (last - first) * scrape;
  const edge = (gap: number): number => (gap < scrape * 1.1 ? gap : scrape / 2);
  const grown = growth(values, readings);
  const toZero = grown > 0 ? (sampled * at(values, first)) / grown : Number.POSITIVE_INFINITY;
  const start = Math.min(edge(first * scrape - (end - window)), toZero);
  return (sampled + start + edge(end - last * scrape)) / sampled;
}

/** From the first reading to the last. */
function growth(values: readonly number[], readings: readonly number[]): number {
  return at(values, readings.at(-1) ?? 0) - at(values, readings[0] ?? 0);
}

function gaugeTick(series: GaugeSeries, steps: readonly Step[], base: Base, share: number): (time: number) => Tick {
  const shown = steps.map((step) => series.good + (series.bad - series.good) * step.badShare);
  const counted = cumulative(steps, (_step, index) => (index === 0 ? 0 : (at(shown, index) * base.scrapeMs) / 1000));
  return (time) => {
    const range = series.overSeconds === 0 ? 300 : Math.max(series.overSeconds, base.scrapeMs / 1000);
    const readings = aliveWithin(steps, time, range, base);
    const values = readingsOf(series, readings, shown, counted, time, base);
    if (values.length > 0) return { total: share, bad: share * series.judge(values) };
    return missingTick(aliveWithin(steps, time, 3600, base).length > 0, base, share);
  };
}

/** What `noTraffic` makes of a slice without a reading. */
function missingTick(seen: boolean, base: Base, share: number): Tick {
  if (base.noTraffic === "ignore" || (base.by.length > 0 && !seen)) return undefined;
  return { total: share, bad: base.noTraffic === "bad" ? share : 0 };
}

function readingsOf(
  series: GaugeSeries,
  readings: readonly number[],
  shown: readonly number[],
  counted: readonly number[],
  time: number,
  base: Base,
): number[] {
  const scrape = base.scrapeMs / 1000;
  if (series.as === "rate") {
    if (readings.length < 2) return [];
    const scale = extrapolation(counted, readings, time, series.overSeconds, base);
    return [(scale * growth(counted, readings)) / series.overSeconds];
  }
  const judged = series.overSeconds === 0 ? readings.slice(-1) : readings;
  return judged.map((index) => at(shown, index) + (series.as === "age" ? time - index * scrape : 0));
}

function cumulative(steps: readonly Step[], of: (step: Step, index: number) => number): number[] {
  let sum = 0;
  return steps.map((step, index) => {
    sum += of(step, index);
    return sum;
  });
}

function at(values: readonly number[], index: number): number {
  return values[index] ?? 0;
}
