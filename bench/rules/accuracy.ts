/** What a peer recorded, held against the truth. */
import type { Span } from "../oracle/scenario.ts";
import type { Truth } from "../oracle/truth.ts";
import { errorBudgetOf, type Peer, type WindowSeries } from "./peer.ts";
import type { DumpedSeries } from "./replay.ts";
import type { BenchSlo } from "./slo.ts";

export interface WindowError {
  readonly seconds: number;
  /** Largest error, relative to the larger of the truth and the tier's threshold. */
  readonly max: number;
  /** The same while a failure enters or leaves the window, and for a quarter of an hour after. */
  readonly edge: number;
  /** The same elsewhere. */
  readonly steady: number;
  /** By how much the readings are behind the settled truth where they agree with it best, and the largest error then. */
  readonly lagSeconds: number;
  readonly maxBehind: number;
  /** Readings that are further off than the case allows, of so many. */
  readonly strays: number;
  readonly samples: number;
  /** Seconds in which there was no reading though there was traffic. */
  readonly absentSeconds: number;
  /** Readings that are NaN or infinite. */
  readonly notNumbers: number;
}

export interface Comparison {
  readonly truth: Truth;
  readonly slo: BenchSlo;
  /** Milliseconds within which readings of a window are compared. */
  readonly spanOf: (windowSeconds: number) => Span;
  /** Failures, in milliseconds. */
  readonly failures: readonly Span[];
  /** Relative error that a reading may have. */
  readonly tolerance: number;
}

/** Two groups never run in the same instant, so one that reads another is behind by what lies between. */
const LAGS = [...Array.from({ length: 60 }, (_, seconds) => seconds), 60, 75, 90, 120, 150, 180, 240, 300];

/** How far off a peer's windows are. */
export function windowErrors(peer: Peer, series: readonly DumpedSeries[], comparison: Comparison): WindowError[] {
  return peer.windows.map((window) => {
    const found = series.filter((one) => carries(one, window.labels(comparison.slo)));
    return windowError(window, found, comparison);
  });
}

export function carries({ labels }: DumpedSeries, wanted: Readonly<Record<string, string>>): boolean {
  return Object.entries(wanted).every(([name, value]) => labels[name] === value);
}

interface Reading {
  readonly t: number;
  readonly v: number;
}

function windowError(window: WindowSeries, series: readonly DumpedSeries[], comparison: Comparison): WindowError {
  const { slo, spanOf } = comparison;
  const span = spanOf(window.seconds);
  const all = series.flatMap(readings).filter(({ t }) => t >= span.from && t < span.to);
  const finite = all.filter(({ v }) => Number.isFinite(v)).sort((a, b) => a.t - b.t);
  const floor = window.burn * errorBudgetOf(slo);
  const errors = (lag: number): Float64Array =>
    Float64Array.from(finite, (reading) => errorOf(reading, reading.t - lag * 1000, window, floor, comparison.truth));
  const now = errors(0);
  const isEdge = finite.map(({ t }) => nearEdge(t, window.seconds * 1000, comparison.failures));
  const best = LAGS.map((lag) => ({ lag, max: largest(errors(lag)) })).reduce((a, b) => (b.max < a.max ? b : a));
  return {
    seconds: window.seconds,
    max: largest(now),
    edge: largest(now.filter((_, index) => isEdge[index])),
    steady: largest(now.filter((_, index) => !isEdge[index])),
    lagSeconds: best.lag,
    maxBehind: best.max,
    strays: errors(best.lag).filter((error) => error > comparison.tolerance).length,
    samples: finite.length,
    absentSeconds: absentSeconds(finite, window, span, comparison.truth),
    notNumbers: all.length - finite.length,
  };
}

function errorOf({ v }: Reading, timeMs: number, window: WindowSeries, floor: number, truth: Truth): number {
  const ratio = truth.ratio(timeMs, window.seconds * 1000) ?? 0;
  return Math.abs(v - ratio) / Math.max(ratio, floor);
}

export function readings({ t, v }: DumpedSeries): Reading[] {
  return t.flatMap((time, index) => {
    const value = v[index];
    return value === "stale" || value === undefined ? [] : [{ t: time, v: Number(value) }];
  });
}

const EDGE_MS = 900_000;

function nearEdge(timeMs: number, windowMs: number, failures: readonly Span[]): boolean {
  const moving = failures.flatMap(({ from, to }) => [
    { from, to },
    { from: from + windowMs, to: to + windowMs },
  ]);
  return moving.some(({ from, to }) => timeMs >= from && timeMs < to + EDGE_MS);
}

/** A reading may end a little after traffic does, and begin as late. */
const PATIENCE_SECONDS = 600;

function absentSeconds(finite: readonly Reading[], window: WindowSeries, span: Span, truth: Truth): number {
  let absent = 0;
  let last = span.from;
  for (const t of [...finite.map((reading) => reading.t), span.to]) {
    absent += Math.max(0, secondsWithTraffic(last, t, window, truth) - PATIENCE_SECONDS);
    last = t;
  }
  return absent;
}

function secondsWithTraffic(from: number, to: number, window: WindowSeries, truth: Truth): number {
  let seconds = 0;
  for (let t = from + 60_000; t < to; t += 60_000) if (truth.total(t, window.seconds * 1000) > 0) seconds += 60;
  return seconds;
}

function largest(values: Float64Array): number {
  return values.reduce((a, b) => Math.max(a, b), 0);
}

export interface PeriodError {
  readonly seconds: number;
  /** The last reading's error, signed, relative to the truth. */
  readonly ofTruth: number;
  /** The same, relative to the error budget. */
  readonly ofBudget: number;
  /** Largest error of all readings, relative to the larger of truth and budget. */
  readonly max: number;
  readonly notNumbers: number;
  readonly samples: number;
}

/** How far off the whole period is. */
export function periodError(peer: Peer, series: readonly DumpedSeries[], comparison: Comparison): PeriodError {
  const { slo, truth } = comparison;
  const budget = errorBudgetOf(slo);
  const { seconds, labels, ratio } = peer.period;
  const span = comparison.spanOf(seconds);
  const all = series.filter((one) => carries(one, labels(slo))).flatMap(readings);
  const within = all.filter(({ t }) => t >= span.from && t < span.to).sort((a, b) => a.t - b.t);
  const finite = within.filter(({ v }) => Number.isFinite(v));
  const errors = finite.map(({ t, v }) => {
    const real = truth.ratio(t, seconds * 1000) ?? 0;
    return { real, off: ratio(v, budget) - real };
  });
  const last = errors.at(-1) ?? { real: Number.NaN, off: Number.NaN };
  return {
    seconds,
    ofTruth: last.off / last.real,
    ofBudget: last.off / budget,
    max: errors.reduce((most, { real, off }) => Math.max(most, Math.abs(off) / Math.max(real, budget)), 0),
    notNumbers: within.length - finite.length,
    samples: finite.length,
  };
}
