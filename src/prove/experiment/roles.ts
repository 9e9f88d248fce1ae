/** What variants do in a generated test, and how many events it takes. Whole events only, so that sums are exact. */
import { type Bounds, type Counts, isWorse } from "./oracle.ts";

/** A burst of events, some time later a second one. */
export interface Role {
  /** As the variant is called where any value takes part. */
  readonly name: string;
  readonly first: Counts;
  readonly after: Counts;
  /** The second burst comes at once, and not when everybody's does. */
  readonly soon?: boolean;
}

export interface Cast {
  readonly baseline: Role;
  readonly variants: readonly Role[];
}

/** Everything that may alert, and what is just no reason to. */
export function rolesOf(bounds: Bounds): Cast {
  const total = eventsEach(bounds);
  const usual = usualOf(total, bounds);
  const worst = leastWorse(total, usual, scaled(bounds, 1 + DUST));
  // Ten times as many events, none of them worse than the baseline's: what was bad is a tenth of all.
  const relief = { total: 10 * total, bad: 10 * usual };
  const none = { total: 0, bad: 0 };
  const role = (name: string, bad: number): Role => ({ name, first: { total, bad }, after: relief });
  const few = Math.min(bounds.minSample, total) - 1;
  return {
    baseline: role("baseline", usual),
    variants: [
      role("worse", worst),
      role("also-worse", worst),
      role("just-below", leastWorse(total, usual, scaled(bounds, 1 - DUST)) - 1),
      ...(few > 0 ? [{ name: "too-few", first: { total: few, bad: few }, after: none }] : []),
      role("better", 0),
      { ...role("passing", worst), soon: true },
    ],
  };
}

/** The variant has enough, and the baseline not. */
export function fewOfBaseline(bounds: Bounds): Cast | undefined {
  const few = bounds.minSample - 1;
  if (few === 0) return undefined;
  const total = eventsEach(bounds);
  const none = { total: 0, bad: 0 };
  return {
    baseline: { name: "baseline", first: { total: few, bad: 0 }, after: none },
    variants: [{ name: "worse", first: { total, bad: total }, after: none }],
  };
}

/** Differences far beyond noise, of which one is a tenth less than what matters and one a tenth more. */
export function littleDifference(bounds: Bounds): Cast | undefined {
  const { atLeast } = bounds;
  if (atLeast === 0) return undefined;
  const total = eventsFor(0.9 * atLeast, bounds);
  const usual = usualOf(total, bounds);
  const role = (name: string, bad: number): Role => ({
    name,
    first: { total, bad: Math.min(total, bad) },
    after: { total: 10 * total, bad: 10 * usual },
  });
  return {
    baseline: role("baseline", usual),
    variants: [
      role("worse", usual + Math.ceil(1.1 * atLeast * total)),
      role("a-little-worse", usual + Math.floor(0.9 * atLeast * total)),
    ],
  };
}

function eventsEach(bounds: Bounds): number {
  return eventsFor(bounds.atLeast + 0.1 * (1 - bounds.atLeast), bounds);
}

/** Enough events that a difference is twice as far from noise as it must be. */
function eventsFor(difference: number, bounds: Bounds): number {
  const pooled = 0.1 * (1 - difference) + difference / 2;
  const needed = (2 * pooled * (1 - pooled) * (2 * bounds.sigma) ** 2) / difference ** 2;
  return Math.ceil(Math.max(100, bounds.minSample, needed) / 100) * 100;
}

/** A tenth of what is free beside the difference that matters. */
function usualOf(total: number, { atLeast }: Bounds): number {
  return Math.round(0.1 * (1 - atLeast) * 0.9 * total);
}

/** By so much may two ways to compute the same differ. */
const DUST = 1e-9;

function scaled(bounds: Bounds, factor: number): Bounds {
  return { ...bounds, sigma: bounds.sigma * factor, atLeast: bounds.atLeast * factor };
}

/** The fewest bad events that alert: one less does not. */
function leastWorse(total: number, usual: number, bounds: Bounds): number {
  const baseline = { total, bad: usual };
  let [below, worse] = [usual, total];
  while (worse - below > 1) {
    const middle = Math.floor((below + worse) / 2);
    if (isWorse(bounds, { variant: { total, bad: middle }, baseline })) worse = middle;
    else below = middle;
  }
  return worse;
}
