/** When a tier must fire, computed from the base's ticks and not from PromQL. */
import { holdsBlind } from "../compile/burn-alerts.ts";
import { compositeErrorRatio } from "../compile/composite-maths.ts";
import { isLong, type Measure } from "../compile/measure.ts";
import type { TierPlan } from "../compile/plan.ts";
import { knowsTraffic } from "../compile/traffic.ts";
import type { Slo } from "../model/service.ts";
import type { Ticks } from "./base-oracle.ts";
import { isExcludedAt } from "./exclusion-oracle.ts";
import { UNITS } from "./timeline.ts";
import { coverage, type Read, windowReader } from "./window-sums.ts";

/** `unclear` where two numbers that decide are equal but for rounding: such instants are not asserted. */
export type Verdict = "firing" | "silent" | "unclear";

export interface Judgement {
  /** Seconds between evaluations of this tier. */
  readonly everySeconds: number;
  /** One verdict per evaluation, from time 0. */
  readonly verdicts: readonly Verdict[];
}

const TIE = 1e-9;

/**
 * Verdicts of one tier at its evaluations. Where only rounding decides, both ways are tried.
 *
 * @param parts - What the SLO's base counted; of a composite, what each of its components did, in order.
 * @param unitsEverySeconds - How often a history's usual traffic comes, for thresholds that know it.
 */
export function judge(
  tier: TierPlan,
  slo: Slo,
  measure: Measure,
  parts: readonly Ticks[],
  unitsEverySeconds = measure.intervalSeconds,
): Judgement {
  const everySeconds = isLong(measure, tier.longSeconds) ? measure.tileSeconds : measure.intervalSeconds;
  const end = ((parts[0]?.total.length ?? 0) - 1) * measure.intervalSeconds;
  const count = Math.floor(end / everySeconds) + 1;
  const watch: Watch = {
    tier,
    slo,
    measure,
    parts: parts.map((ticks) => readerOf(ticks, measure)),
    everySeconds,
    count,
    unitsEverySeconds,
  };
  const least = states(watch, false);
  const most = states(watch, true);
  return {
    everySeconds,
    verdicts: least.map((fires, index) => (fires === most[index] ? toVerdict(fires) : "unclear")),
  };
}

interface Watch {
  readonly tier: TierPlan;
  readonly slo: Slo;
  readonly measure: Measure;
  readonly parts: readonly Reader[];
  readonly everySeconds: number;
  readonly count: number;
  readonly unitsEverySeconds: number;
}

interface Reader {
  readonly read: Read;
  /** The same of events where slices of them are counted: a group is gone when its events are. */
  readonly readEvents: Read;
}

function readerOf(ticks: Ticks, measure: Measure): Reader {
  const read = windowReader(measure, ticks);
  const { events } = ticks;
  return { read, readEvents: events === undefined ? read : windowReader(measure, { ...ticks, total: events }) };
}

function toVerdict(fires: boolean): Verdict {
  return fires ? "firing" : "silent";
}

/** Whether it fires at each evaluation: after `for`, and on through `keep_firing_for`. */
function states(watch: Watch, doubtful: boolean): boolean[] {
  let state: State = { fires: false };
  return Array.from({ length: watch.count }, (_, index) => {
    const time = index * watch.everySeconds;
    state = next(state, time, burns(time, state.fires, watch, doubtful), watch.tier);
    return state.fires;
  });
}

export interface State {
  readonly fires: boolean;
  /** When it began to burn, while it does. */
  readonly since?: number;
  /** When it ceased to, while it does not: `keep_firing_for` begins then, an evaluation after the last sample. */
  readonly until?: number;
}

/** What an alert does at the next evaluation, given whether its expression has a sample. */
export function next(
  { fires, since, until }: State,
  time: number,
  burning: boolean,
  tier: Pick<TierPlan, "forSeconds" | "keepFiringForSeconds">,
): State {
  const begin = (burning ? since : until) ?? time;
  if (!burning) return { fires: fires && time - begin < tier.keepFiringForSeconds, until: begin };
  return { fires: fires || time - begin >= tier.forSeconds, since: begin };
}

/** Whether the expression gives a sample. What fires when an exclusion begins goes on; nothing begins in it. */
function burns(time: number, fired: boolean, watch: Watch, doubtful: boolean): boolean {
  const { tier, slo, measure } = watch;
  if (fired && isExcludedAt(time, slo, measure, tier.shortSeconds)) return true;
  return !isExcludedAt(time, slo, measure) && burnsNow(time, fired, watch, doubtful);
}

function burnsNow(time: number, fired: boolean, watch: Watch, doubtful: boolean): boolean {
  const { tier, slo } = watch;
  if (knowsTraffic(slo)) return spendsTooMuch(time, fired, watch, doubtful);
  const sure = (verdict: Verdict): boolean => verdict === "firing" || (doubtful && verdict === "unclear");
  const seen = ratioOf(watch, ({ read }) => {
    const long = read(time, tier.longSeconds);
    return long.total > 0 ? (long.bad / long.total) * coverage(time, long, tier, watch.measure, read) : undefined;
  });
  const short = ratioOf(watch, ({ read }) => {
    const { bad, total } = read(time, tier.shortSeconds);
    return total > 0 ? bad / total : undefined;
  });
  if (seen === undefined) return false;
  const still = short !== undefined && sure(compare(short, tier.threshold));
  const held = holdsBlind(tier, slo) && isGone(time, watch) && fired;
  return sure(compare(seen, tier.threshold)) && guarded(time, watch).every(sure) && (still || held);
}

/** By bad events, of those that the usual traffic allows. */
function spendsTooMuch(time: number, fired: boolean, watch: Watch, doubtful: boolean): boolean {
  const { tier, slo, parts } = watch;
  const sure = (verdict: Verdict): boolean => verdict === "firing" || (doubtful && verdict === "unclear");
  const over = (seconds: number): boolean => {
    const { bad = 0, total = 0 } = parts[0]?.read(time, seconds) ?? {};
    return total > 0 && sure(compare(bad, allowedEvents(seconds, watch)));
  };
  const held = holdsBlind(tier, slo) && isGone(time, watch) && fired;
  return over(tier.longSeconds) && guarded(time, watch).every(sure) && (over(tier.shortSeconds) || held);
}

/** Of the events that usual traffic brings in so many seconds, those that do not spend too much. */
function allowedEvents(seconds: number, { tier, unitsEverySeconds }: Watch): number {
  return (tier.threshold * UNITS * seconds) / unitsEverySeconds;
}

/** Of all parts that had traffic; of a composite, as it says. */
function ratioOf({ slo, parts }: Watch, of: (part: Reader) => number | undefined): number | undefined {
  const { sli } = slo;
  if (sli.kind !== "composite") return parts[0] && of(parts[0]);
  const found = parts.flatMap((part, index) => {
    const errorRatio = of(part);
    return errorRatio === undefined ? [] : [{ errorRatio, weight: sli.of[index]?.weight ?? 1 }];
  });
  return compositeErrorRatio(sli.as, found);
}

function guarded(time: number, { tier, slo, parts }: Watch): Verdict[] {
  const long = parts[0]?.read(time, tier.longSeconds);
  return [guard(slo.minEvents, long?.total ?? 0), guard(slo.minBad, long?.bad ?? 0)];
}

function isGone(time: number, { measure, parts }: Watch): boolean {
  return parts.every(
    ({ readEvents }) => readEvents(time, measure.intervalSeconds).samples === 0 && readEvents(time, 3600).samples > 0,
  );
}

/** Strictly greater, with room for rounding. */
export function compare(value: number, limit: number): Verdict {
  if (Math.abs(value - limit) <= TIE * Math.max(Math.abs(value), Math.abs(limit)))
    return value === 0 && limit === 0 ? "silent" : "unclear";
  return value > limit ? "firing" : "silent";
}

function guard(least: number | undefined, actual: number): Verdict {
  if (least === undefined) return "firing";
  return Math.abs(actual - least) < TIE * least ? "unclear" : actual >= least ? "firing" : "silent";
}
