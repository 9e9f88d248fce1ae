/** When a tier must fire, computed from the base's ticks and not from PromQL. */
import { holdsBlind } from "../compile/burn-alerts.ts";
import { isLong, type Measure } from "../compile/measure.ts";
import type { TierPlan } from "../compile/plan.ts";
import { knowsTraffic } from "../compile/traffic.ts";
import type { Slo } from "../model/service.ts";
import type { Ticks } from "./base-oracle.ts";
import { isExcludedAt } from "./exclusion-oracle.ts";
import { UNITS } from "./timeline.ts";

/** `unclear` where two numbers that decide are equal but for rounding: such instants are not asserted. */
export type Verdict = "firing" | "silent" | "unclear";

export interface Judgement {
  /** Seconds between evaluations of this tier. */
  readonly everySeconds: number;
  /** One verdict per evaluation, from time 0. */
  readonly verdicts: readonly Verdict[];
}

/** Sums over a window that ends at an evaluation. */
export interface Sums {
  readonly total: number;
  readonly bad: number;
  readonly samples: number;
}

const TIE = 1e-9;

/**
 * Verdicts of one tier at its evaluations. Where only rounding decides, both ways are tried.
 *
 * @param unitsEverySeconds - How often a history's usual traffic comes, for thresholds that know it.
 */
export function judge(
  tier: TierPlan,
  slo: Slo,
  measure: Measure,
  ticks: Ticks,
  unitsEverySeconds = measure.intervalSeconds,
): Judgement {
  const everySeconds = isLong(measure, tier.longSeconds) ? measure.tileSeconds : measure.intervalSeconds;
  const end = (ticks.total.length - 1) * measure.intervalSeconds;
  const count = Math.floor(end / everySeconds) + 1;
  const watch: Watch = {
    tier,
    slo,
    measure,
    read: windowReader(measure, ticks),
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
  readonly read: (time: number, seconds: number) => Sums;
  readonly everySeconds: number;
  readonly count: number;
  readonly unitsEverySeconds: number;
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
  const { tier, slo, measure, read } = watch;
  const long = read(time, tier.longSeconds);
  const short = read(time, tier.shortSeconds);
  if (long.total <= 0) return false;
  const sure = (verdict: Verdict): boolean => verdict === "firing" || (doubtful && verdict === "unclear");
  const seen = overLong(time, long, watch);
  const gone = read(time, measure.intervalSeconds).samples === 0 && read(time, 3600).samples > 0;
  const still = short.samples > 0 && sure(overShort(short, watch));
  const held = holdsBlind(tier, slo) && gone && fired;
  return sure(seen) && sure(guard(slo.minEvents, long.total)) && sure(guard(slo.minBad, long.bad)) && (still || held);
}

function overLong(time: number, long: Sums, watch: Watch): Verdict {
  const { tier, slo, measure, read } = watch;
  if (knowsTraffic(slo)) return compare(long.bad, allowedEvents(tier.longSeconds, watch));
  return compare((long.bad / long.total) * coverage(time, long, tier, measure, read), tier.threshold);
}

function overShort(short: Sums, watch: Watch): Verdict {
  const { tier, slo } = watch;
  const allowed = knowsTraffic(slo) ? allowedEvents(tier.shortSeconds, watch) : tier.threshold * short.total;
  return compare(short.bad, allowed);
}

/** Of the events that usual traffic brings in so many seconds, those that do not spend too much. */
function allowedEvents(seconds: number, { tier, unitsEverySeconds }: Watch): number {
  return (tier.threshold * UNITS * seconds) / unitsEverySeconds;
}

/** All of the window for a group that was known before it began, at half hours or by its tiles; else what was seen. */
export function coverage(
  time: number,
  long: Sums,
  { longSeconds }: Pick<TierPlan, "longSeconds">,
  measure: Measure,
  read: Watch["read"],
): number {
  const begin = time - longSeconds;
  const known = (mark: number): boolean => mark > begin - 86_400 && mark >= 0 && read(mark, 300).samples > 0;
  if (known(Math.floor(begin / 1800) * 1800)) return 1;
  return Math.min(1, (long.samples * measure.intervalSeconds) / longSeconds);
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

/** Sums of the base over windows, as rules of that length read them. */
export function windowReader(measure: Measure, ticks: Ticks): (time: number, seconds: number) => Sums {
  const sums = prefixSums(ticks);
  const interval = measure.intervalSeconds;
  const onBase = (from: number, to: number): Sums =>
    between(sums, Math.floor(from / interval), Math.floor(to / interval));
  return (time, seconds) => {
    if (!isLong(measure, seconds)) return onBase(time - seconds, time);
    // Whole tiles: as many as begin within the window.
    const tile = measure.tileSeconds;
    const lastTile = Math.floor(time / tile) * tile;
    return onBase(lastTile - Math.ceil(seconds / tile) * tile, lastTile);
  };
}

type Prefix = readonly Sums[];

function prefixSums(ticks: Ticks): Prefix {
  const sums: Sums[] = [{ total: 0, bad: 0, samples: 0 }];
  ticks.total.forEach((total, index) => {
    const before = sums[index] as Sums;
    sums.push({
      total: before.total + (total ?? 0),
      bad: before.bad + (ticks.bad[index] ?? 0),
      samples: before.samples + (total === undefined ? 0 : 1),
    });
  });
  return sums;
}

/** Ticks with an index in (from, to]. */
function between(sums: Prefix, from: number, to: number): Sums {
  const low = sums[clamp(from + 1, sums.length)] as Sums;
  const high = sums[clamp(to + 1, sums.length)] as Sums;
  return { total: high.total - low.total, bad: high.bad - low.bad, samples: high.samples - low.samples };
}

function clamp(index: number, length: number): number {
  return Math.min(Math.max(index, 0), length - 1);
}
