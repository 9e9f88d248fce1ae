/** The histories on which rules are compared. What fails is the truth; everything else must not show. */
import {
  DAY,
  diurnal,
  during,
  type Failure,
  HOUR,
  type Restart,
  type Scenario,
  type Span,
  wholeScrapes,
} from "../oracle/scenario.ts";
import { availability, type BenchSlo, speed } from "./slo.ts";

export interface Case {
  readonly name: string;
  readonly scenario: Scenario;
  readonly slos: readonly BenchSlo[];
  /** Spans of failure, in seconds. */
  readonly failures: readonly Span[];
  /** Share of evaluations that never take place. */
  readonly dropped?: number;
  /** Rules are loaded so late, in seconds. */
  readonly rulesFrom?: number;
  /** From here on the SLO carries another label, in seconds. */
  readonly relabelledAt?: number;
  /** Replayed for all peers; others are for ours alone. */
  readonly compared?: true;
  /** Promised for windows of an hour and more. */
  readonly tolerance: number;
}

const WHOLE = 0.005;
const HOLED = 0.03;
/** With one reading that is no number. */
const ONE_NAN = 0.015;
const BACKGROUND = 0.0002;

const day = (days: number, hour: number): number => days * DAY + hour * HOUR;
const PEAK: Span = { from: day(0, 15.5), to: day(0, 16.5) };
const NIGHT: Span = { from: day(1, 3.5), to: day(1, 4.5) };

function errors(span: Span, ratio: number, born: Failure["born"] = "at-start", otherwise = BACKGROUND): Failure {
  return { metric: "errors_total", born, ratio: during(span, ratio, otherwise) };
}

function scenario(name: string, seed: number, seconds: number, changes: Partial<Scenario> = {}): Scenario {
  return {
    name,
    seed,
    seconds,
    targets: 4,
    routes: 1,
    failingRoutes: 1,
    traffic: diurnal(0.2, 4),
    failures: [errors(PEAK, 0.5)],
    scrapes: wholeScrapes,
    ...changes,
  };
}

function peak(name: string, seed: number, seconds: number, changes: Partial<Scenario> = {}): Omit<Case, "tolerance"> {
  return { name, scenario: scenario(name, seed, seconds, changes), slos: [availability], failures: [PEAK] };
}

/** A pod is replaced every twenty minutes, in turn; every other one keeps its name, so that its counters reset. */
function restarts(seconds: number, targets: number): Restart[] {
  return Array.from({ length: Math.floor(seconds / 1200) }, (_, index) => ({
    target: index % targets,
    second: 900 + index * 1200,
    downSeconds: 20,
    renamed: index % 2 === 1,
  }));
}

/** @param long - Long enough for a failure to leave the 3d window, too, in the first of them. */
export function accuracyCases(long: boolean): Case[] {
  const [span, short] = [Math.round(2.75 * DAY), Math.round(1.3 * DAY)];
  return [
    { ...peak("a peak hour fails", 1, long ? Math.round(3.8 * DAY) : short), compared: true, tolerance: WHOLE },
    {
      ...peak("a night hour fails", 2, span, { failures: [errors(NIGHT, 0.5)] }),
      failures: [NIGHT],
      compared: true,
      tolerance: WHOLE,
    },
    { ...peak("idle nights", 3, short, { traffic: idleNights }), compared: true, tolerance: WHOLE },
    { ...peak("pod restarts", 4, short, { restarts: restarts(short, 4) }), compared: true, tolerance: WHOLE },
    {
      ...peak("late-born error series", 5, short, { failures: [errors(PEAK, 0.5, "when-first-bad", 0)] }),
      compared: true,
      tolerance: WHOLE,
    },
    { ...peak("bursts", 6, short, { traffic: bursts }), tolerance: WHOLE },
    { ...peak("1 % of scrapes missing", 7, short, { scrapes: { ...wholeScrapes, missed: 0.01 } }), tolerance: WHOLE },
    { ...peak("1 % of evaluations missing", 8, short), dropped: 0.01, tolerance: HOLED },
    { ...peak("one NaN", 9, short, { nans: [{ target: 2, second: PEAK.from + 900 }] }), tolerance: ONE_NAN },
    { ...peak("a relabelled SLO", 10, short), relabelledAt: PEAK.from + 1800, tolerance: WHOLE },
    twoSlos(short),
    coldStart(short),
  ];
}

function idleNights(second: number): number {
  const hour = (second % DAY) / HOUR;
  return hour < 6 || hour >= 20 ? 0 : 2;
}

function bursts(second: number): number {
  return second % 1800 < 60 ? 40 : 0.5;
}

function twoSlos(seconds: number): Case {
  const slow: Failure = { metric: "slow_total", born: "at-start", ratio: during(NIGHT, 0.6, 0.001) };
  return {
    ...peak("two SLOs on one metric", 11, seconds, { failures: [errors(PEAK, 0.5), slow] }),
    slos: [availability, speed],
    failures: [PEAK, NIGHT],
    tolerance: WHOLE,
  };
}

/** The rules are new at noon; three minutes later 2 % fail for three minutes. In the evening there is an outage. */
function coldStart(seconds: number): Case {
  const rulesFrom = day(0, 12);
  const blip = { from: rulesFrom + 180, to: rulesFrom + 360 };
  const outage = { from: day(0, 18), to: day(0, 19) };
  const ratio = (second: number): number => during(blip, 0.02, BACKGROUND)(second) + during(outage, 0.5, 0)(second);
  return {
    ...peak("cold start", 12, seconds, { failures: [{ metric: "errors_total", born: "at-start", ratio }] }),
    failures: [blip, outage],
    rulesFrom,
    tolerance: WHOLE,
  };
}

/** Months, of few series: what is compared at their end is the period. */
export function periodCases(): Case[] {
  // Every two minutes, which a month does not notice and which saves most of the work.
  const month = { targets: 2, traffic: diurnal(0.1, 2), scrapes: { ...wholeScrapes, everySeconds: 120 } };
  const at = (days: number, hour: number): Span => ({ from: day(days, hour), to: day(days, hour + 1) });
  const of = (name: string, seed: number, span: Span, changes: Partial<Scenario> = {}): Case => ({
    ...peak(name, seed, 30 * DAY + 7200, { ...month, failures: [errors(span, 0.5)], ...changes }),
    failures: [span],
    compared: true,
    tolerance: 0.002,
  });
  return [
    of("a peak hour fails", 21, at(20, 15.5)),
    of("a night hour fails", 22, at(20, 3.5)),
    of("idle nights", 23, at(20, 15.5), { traffic: idleNights }),
  ];
}
