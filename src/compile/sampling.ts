/**
 * Sampling error: how far a share estimated from few events is off by chance. Evaluations, ratings and low traffic are samples
 * of what users get; a share that differs from the objective by less than this says nothing.
 */

import { printSeconds } from "../promql/duration.ts";
import { exact, printNumber } from "../promql/number.ts";
import { kindOf } from "../sli/index.ts";
import type { SloPlan } from "./plan.ts";

/** The error of one window's estimate. */
export interface SamplingError {
  readonly windowSeconds: number;
  /** Events in the window, at the declared volume, over all groups. */
  readonly events: number;
  /** One standard error of the share of good events, as a ratio, where it is at the objective. */
  readonly error: number;
}

/** One standard error: the square root of p(1 − p)/n. */
export function standardError(share: number, events: number): number {
  return Math.sqrt((share * (1 - share)) / events);
}

/** Of the SLO's window and of each long window that alerts; none where events are not counted or their number is not declared. */
export function samplingErrors({ slo, tiers }: SloPlan): SamplingError[] {
  const { eventsPerDay } = slo;
  if (eventsPerDay === undefined || kindOf(slo.sli).method !== "events") return [];
  const windows = [slo.windowSeconds, ...tiers.map((tier) => tier.longSeconds)];
  return [...new Set(windows)]
    .sort((a, b) => b - a)
    .map((windowSeconds) => {
      const events = (eventsPerDay * windowSeconds) / 86_400;
      return { windowSeconds, events, error: standardError(1 - slo.errorBudget, events) };
    });
}

/** "±0.58 percentage points over 7d (1400 events)". */
export function samplingWords({ windowSeconds, events, error }: SamplingError): string {
  const points = printNumber(exact(Number((error * 100).toPrecision(2))));
  const count = printNumber(events < 10 ? Number(events.toPrecision(2)) : Math.round(events));
  return `±${points} percentage points over ${printSeconds(windowSeconds)} (${count} events)`;
}
