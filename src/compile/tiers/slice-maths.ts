/**
 * The arithmetic of slices: how many a budget has, and when an incident shows in them.
 * One is judged when it ends, and the next begins then. Times in seconds.
 */
import { type Budgeting, eventSlices } from "../../model/budgeting.ts";
import { exact } from "../../promql/number.ts";
import { detectionSeconds, resetSeconds } from "./burn-maths.ts";

/** Slices of a period that may be bad. */
export function budgetSlices(errorBudget: number, periodSeconds: number, sliceSeconds: number): number {
  return (errorBudget * periodSeconds) / sliceSeconds;
}

/** One tier's windows, and the error ratio above which it fires. */
interface Windows {
  readonly longSeconds: number;
  readonly shortSeconds: number;
  readonly threshold: number;
}

/**
 * Seconds until the long window passes its threshold, from the first bad event of a steady incident; of slices at worst:
 * as it depends on where in a slice the incident begins.
 *
 * @param leastBad - So many slices must be bad, whatever the threshold.
 */
export function detectionBy(method: Budgeting, tier: Windows, errorRatio: number, leastBad = 1): number {
  const { longSeconds, threshold } = tier;
  const slices = eventSlices({ budgeting: method });
  if (!slices) return detectionSeconds(longSeconds, threshold, errorRatio);
  if (errorRatio <= slices.badShare || threshold >= 1) return Number.POSITIVE_INFINITY;
  const needed = Math.floor((threshold * longSeconds) / slices.sliceSeconds) + 1;
  return slices.sliceSeconds * (slices.badShare / errorRatio + Math.max(needed, leastBad));
}

/** Seconds until the short window falls below the threshold, from the last bad event; of slices at worst. */
export function resetBy(method: Budgeting, tier: Windows, errorRatio: number): number {
  const { shortSeconds, threshold } = tier;
  const slices = eventSlices({ budgeting: method });
  if (!slices) return resetSeconds(shortSeconds, threshold, errorRatio);
  if (errorRatio <= slices.badShare) return 0;
  const leave = Math.ceil((shortSeconds / slices.sliceSeconds) * (1 - threshold));
  return slices.sliceSeconds * (1 - slices.badShare / errorRatio + leave);
}

/**
 * The same of one series whose slices the SLI judges itself, by their mean or their end: the slice in which the incident
 * begins may still be good.
 *
 * @param errorRatio - The share of slices that are bad, in (0, 1].
 * @returns Infinity where the long window never holds enough bad slices.
 */
export function detectionInSlices(tier: Windows, errorRatio: number, sliceSeconds: number, leastBad = 1): number {
  const { longSeconds, threshold } = tier;
  if (errorRatio <= threshold) return Number.POSITIVE_INFINITY;
  const needed = Math.max(Math.floor(exact((threshold * longSeconds) / sliceSeconds)) + 1, leastBad);
  return needed / errorRatio > longSeconds / sliceSeconds
    ? Number.POSITIVE_INFINITY
    : sliceSeconds * (1 + needed / errorRatio);
}

/** Seconds until the short window falls below the threshold: the slice in which the incident ends may still be bad. */
export function resetInSlices(tier: Windows, errorRatio: number, sliceSeconds: number): number {
  const { shortSeconds, threshold } = tier;
  if (errorRatio <= threshold) return 0;
  const share = resetSeconds(1, threshold, errorRatio);
  return sliceSeconds * (1 + Math.ceil(exact((shortSeconds / sliceSeconds) * share)));
}
