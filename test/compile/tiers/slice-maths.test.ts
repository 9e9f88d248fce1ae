/** The arithmetic of slices, against a published example and against slices that are played through. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { detectionSeconds, resetSeconds } from "../../../src/compile/tiers/burn-maths.ts";
import {
  budgetSlices,
  detectionBy,
  detectionInSlices,
  resetBy,
  resetInSlices,
} from "../../../src/compile/tiers/slice-maths.ts";
import type { Budgeting } from "../../../src/model/budgeting.ts";
import { errorBudget } from "../../../src/promql/number.ts";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

type Sliced = Exclude<Budgeting, { kind: "events" }>;

function timeSlices(sliceSeconds: number, targetPercent: number): Sliced {
  return { kind: "timeSlices", sliceSeconds, targetPercent, badShare: errorBudget(targetPercent) };
}

test("a week of minutes at 99.95 % may have 5.04 bad ones", () => {
  expect(budgetSlices(errorBudget(99.95), WEEK, MINUTE)).toBeCloseTo(5.04, 9);
});

test("budgets of events detect and reset as they do without slices", () => {
  const tier = { longSeconds: HOUR, shortSeconds: 300, threshold: 0.0144 };
  expect(detectionBy({ kind: "events" }, tier, 1)).toBe(detectionSeconds(HOUR, 0.0144, 1));
  expect(resetBy({ kind: "events" }, tier, 1)).toBe(resetSeconds(300, 0.0144, 1));
});

test("an incident that meets the target is never seen", () => {
  const tier = { longSeconds: HOUR, shortSeconds: 300, threshold: 0.0144 };
  expect(detectionBy(timeSlices(300, 99), tier, 0.01)).toBe(Number.POSITIVE_INFINITY);
  expect(resetBy(timeSlices(300, 99), tier, 0.01)).toBe(0);
});

/** Plays an incident second by second, from every second of a slice on: the longest until it is seen, and until it is over. */
function play(method: Sliced, slices: number, threshold: number, errorRatio: number): { rise: number; fall: number } {
  const phases = Array.from({ length: method.sliceSeconds }, (_, phase) =>
    playFrom(phase, method, slices, threshold, errorRatio),
  );
  return {
    rise: Math.max(...phases.map(({ rise }) => rise)),
    fall: Math.max(...phases.map(({ fall }) => fall)),
  };
}

function playFrom(phase: number, method: Sliced, slices: number, threshold: number, errorRatio: number) {
  const { sliceSeconds } = method;
  const [from, to] = [slices * sliceSeconds + phase, 4 * slices * sliceSeconds + 2 * phase];
  const badAt = (slice: number): number => {
    const [begin, end] = [slice * sliceSeconds, (slice + 1) * sliceSeconds];
    return errorRatio * Math.max(0, Math.min(end, to) - Math.max(begin, from));
  };
  const judged = Array.from({ length: 6 * slices + 4 }, (_, slice) =>
    badAt(slice) > method.badShare * sliceSeconds ? 1 : 0,
  );
  const above = judged.map((_, last) => {
    const window = judged.slice(Math.max(0, last + 1 - slices), last + 1);
    return window.reduce<number>((sum, each) => sum + each, 0) / slices > threshold;
  });
  return {
    rise: (above.indexOf(true) + 1) * sliceSeconds - from,
    fall: (above.lastIndexOf(true) + 2) * sliceSeconds - to,
  };
}

const incident = fc.record({
  slice: fc.integer({ min: 20, max: 120 }),
  slices: fc.integer({ min: 1, max: 30 }),
  threshold: fc.double({ min: 0.01, max: 0.6, noNaN: true }),
  errorRatio: fc.double({ min: 0.2, max: 1, noNaN: true }),
  target: fc.constantFrom(50, 90, 99),
});

test("detection and reset are the longest of slices that are played through", () => {
  fc.assert(
    fc.property(incident, ({ slice, slices, threshold, errorRatio, target }) => {
      const method = timeSlices(slice, target);
      const tier = { longSeconds: slices * slice, shortSeconds: slices * slice, threshold };
      const detection = detectionBy(method, tier, errorRatio);
      if (!Number.isFinite(detection)) return;
      const played = play(method, slices, threshold, errorRatio);
      // A second's grain.
      expect(Math.abs(played.rise - detection)).toBeLessThan(3);
      expect(Math.abs(played.fall - resetBy(method, tier, errorRatio))).toBeLessThan(3);
    }),
    { numRuns: 200, endOnFailure: true },
  );
});

test("where one bad slice would do, but two must be bad, it takes a slice longer", () => {
  const tier = { longSeconds: HOUR, shortSeconds: 300, threshold: 0.0144 };
  const method = timeSlices(300, 99);
  expect(detectionBy(method, tier, 1, 2) - detectionBy(method, tier, 1)).toBeCloseTo(300, 9);
});

/** As above, of slices that are bad where they are bad throughout, or at all: the longest until an outage is seen, and is over. */
function playOwn(slices: number, threshold: number, sliceSeconds: number): { rise: number; fall: number } {
  const ends = Array.from({ length: sliceSeconds }, (_, phase) => {
    const [from, to] = [slices * sliceSeconds + phase, 4 * slices * sliceSeconds + 2 * phase];
    const judged = (part: number) =>
      Array.from({ length: 6 * slices + 4 }, (_, at) => {
        const seconds = Math.min((at + 1) * sliceSeconds, to) - Math.max(at * sliceSeconds, from);
        return seconds >= part ? 1 : 0;
      });
    const above = (each: readonly number[]) =>
      each.map((_, last) => {
        const window = each.slice(Math.max(0, last + 1 - slices), last + 1);
        return window.reduce<number>((sum, one) => sum + one, 0) / slices > threshold;
      });
    return {
      rise: (above(judged(sliceSeconds)).indexOf(true) + 1) * sliceSeconds - from,
      fall: (above(judged(1)).lastIndexOf(true) + 2) * sliceSeconds - to,
    };
  });
  return { rise: Math.max(...ends.map(({ rise }) => rise)), fall: Math.max(...ends.map(({ fall }) => fall)) };
}

test("an SLI's own slices are seen and forgotten at latest as when they are played through", () => {
  fc.assert(
    fc.property(incident, ({ slice, slices, threshold: drawn }) => {
      const threshold = Number(drawn.toFixed(4));
      const tier = { longSeconds: slices * slice, shortSeconds: slices * slice, threshold };
      const played = playOwn(slices, threshold, slice);
      expect(Math.abs(played.rise - detectionInSlices(tier, 1, slice))).toBeLessThan(3);
      expect(Math.abs(played.fall - resetInSlices(tier, 1, slice))).toBeLessThan(3);
    }),
    { numRuns: 100, endOnFailure: true },
  );
});

test("two slices of 30m fill an hour, and a third does not fit", () => {
  const tier = { longSeconds: HOUR, shortSeconds: 1800, threshold: 0.144 };
  expect(detectionInSlices(tier, 1, 1800, 2)).toBe(1.5 * HOUR);
  expect(detectionInSlices(tier, 1, 1800, 3)).toBe(Number.POSITIVE_INFINITY);
  expect(detectionInSlices(tier, 0.1, 1800)).toBe(Number.POSITIVE_INFINITY);
});
