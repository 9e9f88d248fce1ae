/** Exact decimals. The only place that turns a number into the text of a rule. */

const SIGNIFICANT_DIGITS = 12;

/** Whole numbers as they are, others with at most 12 digits, without the dust of binary fractions: 14.4 × 0.001 is `0.0144`. */
export function printNumber(value: number): string {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "+Inf" : "-Inf";
  return String(exact(value));
}

/** For people: with thousands apart and few decimals, at least so many where there are any. `1,234,567`, `0.5`, `0.00002`. */
export function printAmount(value: number, leastDecimals = 0): string {
  const minimumFractionDigits = Number.isInteger(value) ? 0 : leastDecimals;
  return value.toLocaleString("en-US", { minimumFractionDigits, maximumFractionDigits: smallDecimals(value) });
}

/** Four, or as many as three digits of what is smaller need: a price of a request is no 0. */
export function smallDecimals(value: number): number {
  const size = Math.abs(value);
  return size === 0 || size >= 0.01 ? 4 : Math.min(20, 2 - Math.floor(Math.log10(size)));
}

/** A share, for people: `0.0144` is `1.44%`. */
export function printPercent(ratio: number): string {
  return `${printNumber(exact(ratio * 100))}%`;
}

/** The same number without binary dust. */
export function exact(value: number): number {
  return Number.isSafeInteger(value) ? value : Number(value.toPrecision(SIGNIFICANT_DIGITS));
}

/**
 * The error budget of an objective, counted in integers and divided once: 99.9 is 0.001.
 *
 * @param objectivePercent - Up to six decimals.
 */
export function errorBudget(objectivePercent: number): number {
  return (1e8 - Math.round(objectivePercent * 1e6)) / 1e8;
}
