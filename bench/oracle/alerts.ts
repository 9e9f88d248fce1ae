/**
 * When a burn alert must fire: while both of its windows hold more than the threshold, by the truth of each instant.
 * Factors and windows are the Workbook's, and not read from any rule: https://sre.google/workbook/alerting-on-slos/
 */
import { DAY, HOUR, type Span } from "./scenario.ts";
import type { Truth } from "./truth.ts";

export interface Tier {
  readonly name: string;
  readonly burn: number;
  readonly longSeconds: number;
  readonly shortSeconds: number;
}

/** The tiers of a 30-day window. */
export const WORKBOOK_TIERS: readonly Tier[] = [
  { name: "page-fast", burn: 14.4, longSeconds: HOUR, shortSeconds: 300 },
  { name: "page-slow", burn: 6, longSeconds: 6 * HOUR, shortSeconds: 1800 },
  { name: "ticket-fast", burn: 3, longSeconds: DAY, shortSeconds: 2 * HOUR },
  { name: "ticket-slow", burn: 1, longSeconds: 3 * DAY, shortSeconds: 6 * HOUR },
];

/**
 * Whether a tier must fire at an instant. What a window holds from before `since`, when measuring began, counts as good:
 * nobody can have known it, and a new rule must not alarm about it.
 */
export function mustFire(truth: Truth, tier: Tier, errorBudget: number, timeMs: number, since = 0): boolean {
  const threshold = tier.burn * errorBudget;
  const { longSeconds, shortSeconds } = tier;
  const long = (truth.ratio(timeMs, longSeconds * 1000) ?? 0) * Math.min(1, (timeMs - since) / (longSeconds * 1000));
  return long > threshold && (truth.ratio(timeMs, shortSeconds * 1000) ?? 0) > threshold;
}

/** Spans, in milliseconds, in which a condition holds at the given instants: from the first that does to the first that does not. */
export function spansWhere(instants: readonly number[], holds: (timeMs: number) => boolean): Span[] {
  const spans: Span[] = [];
  let from: number | undefined;
  for (const instant of instants) {
    const now = holds(instant);
    if (now && from === undefined) from = instant;
    if (now || from === undefined) continue;
    spans.push({ from, to: instant });
    from = undefined;
  }
  return from === undefined ? spans : [...spans, { from, to: Number.POSITIVE_INFINITY }];
}
