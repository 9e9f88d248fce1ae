/** The arithmetic of windows with few events. Pure, in ratios. */

/** The share of the budget that one bad event costs. */
export function costOfOne(errorBudget: number, events: number): number {
  return 1 / (errorBudget * events);
}

/** Events that a window must hold so that so many failures in it stay silent. */
export function eventsForSilence(failures: number, threshold: number): number {
  // An edge that is only binary dust does not ask for one event more.
  return Math.ceil(Number((failures / threshold).toPrecision(12)));
}
