/** What a comparison of two groups must say, computed from what happened in them and not from PromQL. */
import type { Experiment } from "../../model/experiment.ts";

/** Events of one group. */
export interface Counts {
  readonly total: number;
  readonly bad: number;
}

/** What experiments hold a difference to. */
export type Bounds = Pick<Experiment, "windowSeconds" | "minSample" | "sigma" | "atLeast" | "forSeconds">;

/** Events of a variant and of the baseline that comparisons know from some moment on. */
export interface Seen {
  readonly fromSeconds: number;
  readonly variant: Counts;
  readonly baseline: Counts;
}

export interface Pair {
  readonly variant: Counts;
  readonly baseline: Counts;
}

/** Whether it alerts at every evaluation, from 0 on. */
export function alertsAt(bounds: Bounds, seen: readonly Seen[], everySeconds: number, untilSeconds: number): boolean[] {
  let since: number | undefined;
  return Array.from({ length: Math.floor(untilSeconds / everySeconds) + 1 }, (_, index) => {
    const now = index * everySeconds;
    since = isWorse(bounds, inWindow(bounds, seen, now)) ? (since ?? now) : undefined;
    return since !== undefined && now - since >= bounds.forSeconds;
  });
}

export type Verdict = "tooFew" | "same" | "better" | "worse";

/** What is said of a variant. */
export function verdictOf(bounds: Bounds, pair: Pair): Verdict {
  if (hasTooFew(bounds, pair)) return "tooFew";
  const sigmas = sigmasBetween(pair);
  if (Math.abs(sigmas) <= bounds.sigma) return "same";
  return sigmas > 0 ? "worse" : "better";
}

/** The difference of two proportions over its standard error, every group with one bad and one good event more. */
export function sigmasBetween({ variant, baseline }: Pair): number {
  return differenceBetween({ variant, baseline }) / Math.sqrt(varianceOf(variant) + varianceOf(baseline));
}

function varianceOf({ total, bad }: Counts): number {
  const share = (bad + 1) / (total + 2);
  return (share * (1 - share)) / (total + 2);
}

/** Beyond noise, by enough to matter, and on enough events. */
export function isWorse(bounds: Bounds, pair: Pair): boolean {
  if (hasTooFew(bounds, pair) || sigmasBetween(pair) <= bounds.sigma) return false;
  return bounds.atLeast === 0 || differenceBetween(pair) > bounds.atLeast;
}

/** What a window holds that ends at some moment. */
export function inWindow({ windowSeconds }: Bounds, seen: readonly Seen[], atSeconds: number): Pair {
  const held = seen.filter(({ fromSeconds }) => fromSeconds <= atSeconds && fromSeconds > atSeconds - windowSeconds);
  return { variant: sumOf(held.map(({ variant }) => variant)), baseline: sumOf(held.map(({ baseline }) => baseline)) };
}

function hasTooFew({ minSample }: Bounds, { variant, baseline }: Pair): boolean {
  return Math.min(variant.total, baseline.total) < minSample;
}

function differenceBetween({ variant, baseline }: Pair): number {
  return variant.bad / variant.total - baseline.bad / baseline.total;
}

function sumOf(all: readonly Counts[]): Counts {
  return all.reduce((sum, { total, bad }) => ({ total: sum.total + total, bad: sum.bad + bad }), { total: 0, bad: 0 });
}
