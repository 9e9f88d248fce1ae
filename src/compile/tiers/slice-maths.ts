/**
 * The arithmetic of slices: how many a budget has, and when an incident shows in them.
 * One is judged when it ends, and the next begins then. Times in seconds.
 */
import { type Budgeting, eventSlices } from "../../model/budgeting.ts";
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
