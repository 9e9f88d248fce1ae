/** The arithmetic of windows with few events. Pure, in ratios. */

import { DAY } from "../../time/units.ts";

/** The share of the budget that one bad event costs. */
export function costOfOne(errorBudget: number, events: number): number {
  return 1 / (errorBudget * events);
}

/** Events that a window must hold so that so many failures in it stay silent. */
export function eventsForSilence(failures: number, threshold: number): number {
  // An edge that is only binary dust does not ask for one event more.
  return Math.ceil(Number((failures / threshold).toPrecision(12)));
}

/** What a tier asks of its long window besides the burn rate, and what there is. */
interface Guarded {
  readonly eventsPerDay: number;
  readonly longSeconds: number;
  readonly minEvents?: number | undefined;
  readonly minBad?: number | undefined;
}

/** Events in the long window, at steady traffic. */
export function eventsInWindow({ eventsPerDay, longSeconds }: Guarded): number {
  return (eventsPerDay * longSeconds) / DAY;
}

/**
 * Seconds of steady traffic until the long window holds as many bad events as it must.
 *
 * @returns Infinity where it never does, or never holds enough events.
 */
export function secondsUntilEnough(guarded: Guarded, errorRatio: number): number {
  const { longSeconds, minEvents = 0, minBad = 0 } = guarded;
  const events = eventsInWindow(guarded);
  if (events < minEvents || events * errorRatio < minBad) return Number.POSITIVE_INFINITY;
  return (longSeconds * minBad) / (events * errorRatio);
}
