/**
 * The arithmetic of error budgets and burn rates: pure, in seconds and ratios.
 * https://sre.google/workbook/alerting-on-slos/
 */

/** Burn rate that spends `budgetSpent` of the budget within `longSeconds`: 0.02 in 1h of 30d is 14.4. */
export function burnRate(budgetSpent: number, longSeconds: number, periodSeconds: number): number {
  return (budgetSpent * periodSeconds) / longSeconds;
}

/** Share of the budget that is spent when a window of `longSeconds` reaches this burn rate. */
export function budgetSpent(burn: number, longSeconds: number, periodSeconds: number): number {
  return (burn * longSeconds) / periodSeconds;
}

/** Highest burn rate that can occur: every event is bad. */
export function highestBurn(errorBudget: number): number {
  return 1 / errorBudget;
}

/**
 * Seconds until a window's error ratio passes the threshold, from the first bad event of a steady incident.
 *
 * @param errorRatio - During the incident, in (0, 1].
 * @param before - Error ratio before it.
 * @returns Infinity where the incident stays below the threshold.
 */
export function detectionSeconds(longSeconds: number, threshold: number, errorRatio: number, before = 0): number {
  if (errorRatio <= threshold) return Number.POSITIVE_INFINITY;
  return Math.max(0, (longSeconds * (threshold - before)) / (errorRatio - before));
}

/** Seconds until the short window falls below the threshold, from the last bad event. */
export function resetSeconds(shortSeconds: number, threshold: number, errorRatio: number, after = 0): number {
  if (errorRatio <= threshold) return 0;
  return shortSeconds * (1 - (threshold - after) / (errorRatio - after));
}

/** Seconds until a full budget is spent at this burn rate. */
export function exhaustionSeconds(burn: number, periodSeconds: number): number {
  return periodSeconds / burn;
}

/** The budget as time of full outage, in minutes. */
export function budgetMinutes(errorBudget: number, periodSeconds: number): number {
  return (errorBudget * periodSeconds) / 60;
}

/** Burn at which what is left of the budget lasts exactly for the horizon. */
export function forecastBurn(left: number, periodSeconds: number, horizonSeconds: number): number {
  return (left * periodSeconds) / horizonSeconds;
}

/** How far a forecast looks back: a quarter of its horizon, in whole evaluations. */
export function forecastLookback(horizonSeconds: number, everySeconds: number): number {
  return Math.max(1, Math.round(horizonSeconds / 4 / everySeconds)) * everySeconds;
}
