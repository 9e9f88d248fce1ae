/**
 * The arithmetic of traffic: budgets in events, windows with few of them, traffic that is not constant, and what is to
 * come. Pure, in seconds and ratios.
 */

/** Bad events that a period may hold. */
export function budgetInEvents(errorBudget: number, events: number): number {
  return errorBudget * events;
}

/** The share of the budget that one bad event costs. */
export function costOfOne(errorBudget: number, events: number): number {
  return 1 / budgetInEvents(errorBudget, events);
}

/** Events that a window must hold so that so many failures in it stay silent. */
export function eventsForSilence(failures: number, threshold: number): number {
  // An edge that is only binary dust does not ask for one event more.
  return Math.ceil(Number((failures / threshold).toPrecision(12)));
}

/** Error ratio above which a window has really spent a share of the budget, given the events of both. */
export function trafficThreshold(
  budgetSpent: number,
  errorBudget: number,
  periodEvents: number,
  windowEvents: number,
): number {
  return (budgetSpent * errorBudget * periodEvents) / windowEvents;
}

/** Share of the budget that a window has really spent. */
export function trueSpend(bad: number, errorBudget: number, periodEvents: number): number {
  return bad / budgetInEvents(errorBudget, periodEvents);
}

/** Seconds for which a metric may be absent until that has cost a share of the budget. */
export function absenceSeconds(share: number, errorBudget: number, periodSeconds: number): number {
  return share * errorBudget * periodSeconds;
}

/** Slices of a period that may be bad. */
export function budgetInSlices(errorBudget: number, periodSeconds: number, sliceSeconds: number): number {
  return (errorBudget * periodSeconds) / sliceSeconds;
}

/** Share of a calendar period's budget that is consumed, while nobody knows how much traffic is to come. */
export function calendarConsumed(errorRatio: number, errorBudget: number, elapsedShare: number): number {
  return (errorRatio / errorBudget) * elapsedShare;
}

/** Error ratio of a period from which a time is taken out. */
export function ratioWithout(badSeconds: number, periodSeconds: number, excludedSeconds: number): number {
  return badSeconds / (periodSeconds - excludedSeconds);
}

/** Seconds that an incident of one error ratio may last, where another is usual, until the budget is spent. */
export function incidentSeconds(errorBudget: number, usual: number, during: number, periodSeconds: number): number {
  return ((errorBudget - usual) * periodSeconds) / (during - usual);
}
