/**
 * The arithmetic of slices: how bad one is, how many a budget has, and when an incident shows in them.
 * Slices slide: the one that ends now is judged by the events since it began. Times in seconds.
 */
import type { Budgeting } from "../model/budgeting.ts";
import { detectionSeconds, resetSeconds } from "./maths.ts";

/** 1 for a bad slice, 0 for a good one. It has at least one event. */
export function sliceBadness(
  method: Exclude<Budgeting, { readonly kind: "events" }>,
  bad: number,
  total: number,
): number {
  return bad > method.badShare * total ? 1 : 0;
}

/** Slices of a period that may be bad. */
export function budgetSlices(errorBudget: number, periodSeconds: number, sliceSeconds: number): number {
  return (errorBudget * periodSeconds) / sliceSeconds;
}

/**
 * How long an incident may last in one period.
 *
 * @param errorRatio - During the incident.
 * @param otherwise - In the rest of the period.
 */
export function tolerableSeconds(
  errorBudget: number,
  periodSeconds: number,
  errorRatio: number,
  otherwise = 0,
): number {
  return (periodSeconds * (errorBudget - otherwise)) / (errorRatio - otherwise);
}

/** One tier's windows, and the error ratio above which it fires. */
interface Windows {
  readonly longSeconds: number;
  readonly shortSeconds: number;
  readonly threshold: number;
}

/** Seconds until the long window passes its threshold, from the first bad event of a steady incident. */
export function detectionBy(method: Budgeting, tier: Windows, errorRatio: number): number {
  const { longSeconds, threshold } = tier;
  switch (method.kind) {
    case "events":
      return detectionSeconds(longSeconds, threshold, errorRatio);
    case "timeSlices":
      if (errorRatio <= method.badShare) return Number.POSITIVE_INFINITY;
      return (method.sliceSeconds * method.badShare) / errorRatio + detectionSeconds(longSeconds, threshold, 1);
  }
}

/** Seconds until the short window falls below the threshold, from the last bad event. */
export function resetBy(method: Budgeting, tier: Windows, errorRatio: number): number {
  const { shortSeconds, threshold } = tier;
  switch (method.kind) {
    case "events":
      return resetSeconds(shortSeconds, threshold, errorRatio);
    case "timeSlices":
      if (errorRatio <= method.badShare) return 0;
      return method.sliceSeconds * (1 - method.badShare / errorRatio) + resetSeconds(shortSeconds, threshold, 1);
  }
}
