/**
 * When a tier must fire and when it must not, from what was counted.
 *
 * Rules see what happened some evaluations later, and windows of tickets move in tiles. So every instant is judged by all
 * windows that could be looked at by then: what they agree on is certain, and nothing else is expected.
 */

import type { Tier } from "./burn/tiers.ts";
import type { Counted } from "./counting/counted.ts";

/** How late what is seen may be, and what else the declaration asks for. Times in seconds. */
export interface Watch {
  readonly every: number;
  readonly late: number;
  readonly minEvents: number;
  readonly minBad: number;
}

/** Per evaluation from time 0: whether the alert fires for certain, and whether it may. */
export interface Verdicts {
  readonly must: readonly boolean[];
  readonly may: readonly boolean[];
}

/** Each half is worked out when it is asked for. */
export function judge(tier: Tier, counted: Counted, watch: Watch): Verdicts {
  const late = Math.ceil(watch.late / watch.every);
  return {
    get must() {
      return firing(certain(tier, counted, watch, late), tier, watch, 0);
    },
    // It is there an evaluation longer or shorter than it says.
    get may() {
      return firing(possible(tier, counted, watch, late), tier, watch, 1);
    },
  };
}

/** How coarsely the share of a window that was measured is known. */
const SHARE_STEP = 300;
const DUST = 1e-9;

/** Whether it burns by all windows that may be looked at: those of the last so many evaluations. */
function certain(tier: Tier, counted: Counted, watch: Watch, late: number): boolean[] {
  const least = tier.threshold * (1 + DUST);
  const share = shareMeasured(tier.long, watch.every, 0);
  const { inLong, inShort, total, bad } = windowsOf(tier, counted, watch);
  let lastQuiet = -1;
  return counted.total.map((_, index) => {
    const burns =
      inShort(index) > least &&
      inLong(index) * share(index) > least &&
      total(index) >= watch.minEvents &&
      bad(index) >= watch.minBad;
    if (!burns) lastQuiet = index;
    return lastQuiet < Math.max(0, index - late);
  });
}

/** Whether some window that may be looked at allows it, for each of its conditions. */
function possible(tier: Tier, counted: Counted, watch: Watch, late: number): boolean[] {
  const most = tier.threshold * (1 - DUST);
  const share = shareMeasured(tier.long, watch.every, tier.long < 6 * SHARE_STEP ? watch.every : SHARE_STEP);
  const { inLong, inShort, total, bad } = windowsOf(tier, counted, watch);
  const last = { long: -1, short: -1, events: -1, bad: -1 };
  return counted.total.map((_, index) => {
    if (inLong(index) * share(index) > most) last.long = index;
    if (inShort(index) > most) last.short = index;
    if (total(index) >= watch.minEvents) last.events = index;
    if (bad(index) >= watch.minBad) last.bad = index;
    return Math.min(last.long, last.short, last.events, last.bad) >= Math.max(0, index - late);
  });
}

/** The share of the long window that was measured by then, known to a step. */
function shareMeasured(long: number, every: number, step: number): (index: number) => number {
  const whole = long - (step === 0 ? 0 : long % step);
  return (index) => Math.min(1, (index * every + step) / whole);
}

type AtIndex = (index: number) => number;

/** By evaluation: the bad share of both windows, and what is in the long one. */
function windowsOf(
  { long, short }: Tier,
  counted: Counted,
  { every }: Watch,
): Record<"inLong" | "inShort" | "total" | "bad", AtIndex> {
  const sums = sumsOf(counted);
  const within = (before: readonly number[], evaluations: number): AtIndex => {
    return (index) => (before[index + 1] as number) - (before[Math.max(0, index + 1 - evaluations)] as number);
  };
  const ratio = (seconds: number): AtIndex => {
    const evaluations = Math.round(seconds / every);
    const [total, bad] = [within(sums.total, evaluations), within(sums.bad, evaluations)];
    return (index) => (total(index) > 0 ? bad(index) / total(index) : 0);
  };
  const inLong = Math.round(long / every);
  return {
    inLong: ratio(long),
    inShort: ratio(short),
    total: within(sums.total, inLong),
    bad: within(sums.bad, inLong),
  };
}

/** What was counted before each evaluation. One history is judged for many tiers. */
function sumsOf(counted: Counted): Counted {
  const sums = sumsBefore.get(counted) ?? { total: runningSums(counted.total), bad: runningSums(counted.bad) };
  sumsBefore.set(counted, sums);
  return sums;
}

const sumsBefore = new WeakMap<Counted, Counted>();

function runningSums(counts: readonly number[]): number[] {
  const before = [0];
  let sum = 0;
  for (const count of counts) {
    sum += count;
    before.push(sum);
  }
  return before;
}

/** After `for`, and on while `keep_firing_for` lasts. */
function firing(burning: readonly boolean[], tier: Tier, watch: Watch, slack: number): boolean[] {
  const waits = Math.max(0, Math.ceil(tier.forSeconds / watch.every) - slack);
  const kept = Math.floor(tier.keepSeconds / watch.every) - 1 + 2 * slack;
  const fires: boolean[] = [];
  let since = 0;
  let lastFired = NEVER;
  for (let index = 0; index < burning.length; index++) {
    if (!burning[index]) since = index + 1;
    const goesOn = index - lastFired <= Math.max(1, kept + 1);
    if (burning[index] && (goesOn || index - since >= waits)) lastFired = index;
    fires.push(index - lastFired <= Math.max(0, kept));
  }
  return fires;
}

/** Before every evaluation that is kept. */
const NEVER = -1e9;
