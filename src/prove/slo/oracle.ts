/**
 * When a tier must fire and when it must not, from what was counted.
 *
 * Rules see what happened some evaluations later, and windows of tickets move in tiles. So every instant is judged by all
 * windows that could be looked at by then: what they agree on is certain, and nothing else is claimed.
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

export function judge(tier: Tier, counted: Counted, watch: Watch): Verdicts {
  const late = Math.ceil(watch.late / watch.every);
  const conditions = conditionsOf(tier, counted, watch);
  const certain = conditions.map(({ certain }) => during(certain, late, "every"));
  const possible = conditions.map(({ possible }) => during(possible, late, "some"));
  return {
    must: firing(allOf(certain), tier, watch, 0),
    // It is there an evaluation longer or shorter than it says.
    may: firing(allOf(possible), tier, watch, 1),
  };
}

interface Condition {
  readonly certain: readonly boolean[];
  readonly possible: readonly boolean[];
}

/** How coarsely the share of a window that was measured is known. */
const SHARE_STEP = 300;
const DUST = 1e-9;

function conditionsOf({ long, short, threshold }: Tier, counted: Counted, watch: Watch): Condition[] {
  const [total, bad] = [sumsOf(counted.total), sumsOf(counted.bad)];
  const ratio = (index: number, seconds: number): number => {
    const evaluations = Math.round(seconds / watch.every);
    const all = total(index, evaluations);
    return all > 0 ? bad(index, evaluations) / all : 0;
  };
  const [least, most] = [threshold * (1 + DUST), threshold * (1 - DUST)];
  const holds = (test: (index: number) => boolean): boolean[] => counted.total.map((_, index) => test(index));
  const share = (index: number, step: number): number =>
    Math.min(1, (index * watch.every + step) / (long - (step === 0 ? 0 : long % step)));
  const inLong = Math.round(long / watch.every);
  return [
    {
      certain: holds((index) => ratio(index, long) * share(index, 0) > least),
      possible: holds(
        (index) => ratio(index, long) * share(index, long < 6 * SHARE_STEP ? watch.every : SHARE_STEP) > most,
      ),
    },
    same(
      holds((index) => ratio(index, short) > least),
      holds((index) => ratio(index, short) > most),
    ),
    same(holds((index) => total(index, inLong) >= watch.minEvents)),
    same(holds((index) => bad(index, inLong) >= watch.minBad)),
  ];
}

function same(certain: boolean[], possible = certain): Condition {
  return { certain, possible };
}

/** Sums of the last so many counts. */
function sumsOf(counts: readonly number[]): (index: number, evaluations: number) => number {
  const before = [0];
  let sum = 0;
  for (const count of counts) {
    sum += count;
    before.push(sum);
  }
  return (index, evaluations) => (before[index + 1] ?? 0) - (before[Math.max(0, index + 1 - evaluations)] ?? 0);
}

/** Whether it held at every, or at some, of the last evaluations. */
function during(held: readonly boolean[], evaluations: number, at: "every" | "some"): boolean[] {
  let times = 0;
  return held.map((now, index) => {
    // Asked for a place before its first, an array searches its names: that took a tenth of a build.
    const left = index > evaluations && held[index - evaluations - 1];
    times += Number(now) - Number(left);
    return at === "some" ? times > 0 : times === Math.min(index, evaluations) + 1;
  });
}

function allOf([first = [], ...others]: readonly (readonly boolean[])[]): boolean[] {
  return first.map((held, index) => held && others.every((other) => other[index]));
}

/** After `for`, and on while `keep_firing_for` lasts. */
function firing(burning: readonly boolean[], tier: Tier, watch: Watch, slack: number): boolean[] {
  const waits = Math.max(0, Math.ceil(tier.forSeconds / watch.every) - slack);
  const kept = Math.floor(tier.keepSeconds / watch.every) - 1 + 2 * slack;
  let [since, lastFired] = [0, Number.NEGATIVE_INFINITY];
  return burning.map((burns, index) => {
    if (!burns) since = index + 1;
    const fires = burns && (index - since >= waits || index - lastFired <= Math.max(1, kept + 1));
    if (fires) lastFired = index;
    return fires || index - lastFired <= kept;
  });
}
