/** When a peer's alerts fired, from its `ALERTS` series, beside when they had to. */
import { mustFire, spansWhere, type Tier } from "../oracle/alerts.ts";
import type { Span } from "../oracle/scenario.ts";
import type { Truth } from "../oracle/truth.ts";
import { carries } from "./accuracy.ts";
import { errorBudgetOf, type Peer } from "./peer.ts";
import type { DumpedSeries } from "./replay.ts";
import type { BenchSlo } from "./slo.ts";

/** Spans in milliseconds in which an alert fired: from the evaluation that began it to the one that ended it. */
export function firingSpans(peer: Peer, series: readonly DumpedSeries[], slo: BenchSlo, tier: string): Span[] {
  const wanted = { __name__: "ALERTS", alertstate: "firing", ...peer.alertOf(slo), ...peer.alerts[tier] };
  const spans = series.filter((one) => carries(one, wanted)).flatMap(spansOf);
  return joined(spans.sort((a, b) => a.from - b.from));
}

function spansOf({ t, v }: DumpedSeries): Span[] {
  const spans: Span[] = [];
  let from: number | undefined;
  t.forEach((time, index) => {
    if (v[index] !== "stale") from ??= time;
    else if (from !== undefined) {
      spans.push({ from, to: time });
      from = undefined;
    }
  });
  return from === undefined ? spans : [...spans, { from, to: Number.POSITIVE_INFINITY }];
}

/** A label that changes ends a series and begins another; the alert goes on. */
function joined(spans: readonly Span[]): Span[] {
  const result: Span[] = [];
  for (const span of spans) {
    const last = result.at(-1);
    if (last && span.from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) };
    else result.push(span);
  }
  return result;
}

export interface AlertVerdict {
  readonly tier: string;
  /** How often it fired, and how often it had to. */
  readonly fired: number;
  readonly due: number;
  /** The widest deviation of a beginning or an end, in evaluations; undefined where the counts differ. */
  readonly evaluationsOff: number | undefined;
}

export interface AlertQuestion {
  /** Spans in which somebody has been told already. */
  readonly told: readonly Span[];
  /** How long it goes on after its condition has ended. */
  readonly keptMs: number;
  readonly truth: Truth;
  readonly slo: BenchSlo;
  readonly tier: Tier;
  readonly intervalMs: number;
  readonly span: Span;
}

/** Whether an alert began and ended when the truth says so, in its own evaluations. */
export function judge(fired: readonly Span[], question: AlertQuestion): AlertVerdict {
  const { truth, slo, tier, intervalMs, span, told, keptMs } = question;
  const instants: number[] = [];
  // Its evaluations have a phase of their own.
  const phase = ((fired[0]?.from ?? span.from) - span.from) % intervalMs;
  for (let t = span.from + phase; t <= span.to; t += intervalMs) instants.push(t);
  const isTold = (t: number): boolean => told.some(({ from, to }) => t >= from && t < to);
  const due = spansWhere(instants, (t) => mustFire(truth, tier, errorBudgetOf(slo), t, span.from) && !isTold(t))
    // Two evaluations may pass until one alert knows of the other.
    .filter(({ from, to }) => to - from > 2 * intervalMs || told.length === 0)
    .map(({ from, to }) => ({ from, to: to + keptMs }));
  const evaluationsOff = fired.length === due.length ? widest(fired, due) / intervalMs : undefined;
  return { tier: tier.name, fired: fired.length, due: due.length, evaluationsOff };
}

function widest(fired: readonly Span[], due: readonly Span[]): number {
  return fired.reduce((most, { from, to }, index) => {
    const { from: dueFrom = 0, to: dueTo = 0 } = due[index] ?? {};
    const endOff = to === dueTo ? 0 : Math.abs(to - dueTo);
    return Math.max(most, Math.abs(from - dueFrom), endOff);
  }, 0);
}
