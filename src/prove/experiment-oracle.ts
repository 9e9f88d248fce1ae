/** What a comparison of two groups must say, computed from what happened in them and not from PromQL. */
import type { Experiment } from "../model/experiment.ts";
import { compare, type Judgement, next, type State, type Verdict } from "./alert-oracle.ts";

/** Events of one group, at one instant or over a while. */
export interface Counts {
  readonly total: number;
  readonly bad: number;
}

/** Both groups, evaluation by evaluation. */
export interface Compared {
  readonly variant: readonly Counts[];
  readonly baseline: readonly Counts[];
  readonly everySeconds: number;
}

/** What experiments hold a difference to. */
export type Bounds = Pick<Experiment, "windowSeconds" | "minSample" | "sigma" | "atLeast" | "forSeconds">;

/** Whether a variant is told to be worse, at every evaluation. Where only rounding decides, both ways are tried. */
export function judgeExperiment(bounds: Bounds, compared: Compared): Judgement {
  const { everySeconds, variant } = compared;
  const held = variant.map((_, index) => isWorse(bounds, within(bounds, compared, index)));
  const least = states(held, bounds, everySeconds, false);
  const most = states(held, bounds, everySeconds, true);
  const verdicts = least.map(
    (fires, index): Verdict => (fires !== most[index] ? "unclear" : fires ? "firing" : "silent"),
  );
  return { everySeconds, verdicts };
}

/** What is said of a variant at one evaluation; undefined where only rounding decides. */
export function verdictAt(bounds: Bounds, compared: Compared, index: number): VerdictWord | undefined {
  const { variant, baseline } = within(bounds, compared, index);
  if (Math.min(variant.total, baseline.total) < bounds.minSample) return "tooFew";
  const sigmas = sigmasBetween(variant, baseline);
  if (sigmas === undefined) return "same";
  if (compare(Math.abs(sigmas), bounds.sigma) === "unclear") return undefined;
  if (Math.abs(sigmas) < bounds.sigma) return "same";
  return sigmas > 0 ? "worse" : "better";
}

export type VerdictWord = "tooFew" | "same" | "better" | "worse";

/** By how many standard errors a variant is worse at one evaluation. */
export function sigmasAt(bounds: Bounds, compared: Compared, index: number): number | undefined {
  const { variant, baseline } = within(bounds, compared, index);
  return sigmasBetween(variant, baseline);
}

/**
 * The z of two proportions: their difference, over the error it would have if both groups were one.
 * Undefined where nothing, or everything, went wrong in both: no difference can be seen.
 */
function sigmasBetween(variant: Counts, baseline: Counts): number | undefined {
  const share = (variant.bad + baseline.bad) / (variant.total + baseline.total);
  const error = Math.sqrt(share * (1 - share) * (1 / variant.total + 1 / baseline.total));
  const sigmas = differenceBetween(variant, baseline) / error;
  return Number.isNaN(sigmas) ? undefined : sigmas;
}

function differenceBetween(variant: Counts, baseline: Counts): number {
  return variant.bad / variant.total - baseline.bad / baseline.total;
}

function isWorse({ sigma, atLeast, minSample }: Bounds, { variant, baseline }: Pair): Verdict {
  const sigmas = sigmasBetween(variant, baseline);
  if (sigmas === undefined || Math.min(variant.total, baseline.total) < minSample) return "silent";
  const matters = atLeast > 0 ? compare(differenceBetween(variant, baseline), atLeast) : "firing";
  const verdicts = [compare(sigmas, sigma), matters];
  if (verdicts.includes("silent")) return "silent";
  return verdicts.includes("unclear") ? "unclear" : "firing";
}

function states(held: readonly Verdict[], bounds: Bounds, everySeconds: number, doubtful: boolean): boolean[] {
  const timing = { forSeconds: bounds.forSeconds, keepFiringForSeconds: 0 };
  let state: State = { fires: false };
  return held.map((verdict, index) => {
    const holds = verdict === "firing" || (doubtful && verdict === "unclear");
    state = next(state, index * everySeconds, holds, timing);
    return state.fires;
  });
}

interface Pair {
  readonly variant: Counts;
  readonly baseline: Counts;
}

/** What lies in the window that ends at an evaluation, and not on its beginning. */
function within({ windowSeconds }: Bounds, { variant, baseline, everySeconds }: Compared, index: number): Pair {
  const from = Math.max(0, Math.floor(index - windowSeconds / everySeconds) + 1);
  const sum = (all: readonly Counts[]): Counts => all.slice(from, index + 1).reduce(added, { total: 0, bad: 0 });
  return { variant: sum(variant), baseline: sum(baseline) };
}

function added(one: Counts, other: Counts): Counts {
  return { total: one.total + other.total, bad: one.bad + other.bad };
}
