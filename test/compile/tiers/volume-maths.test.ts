/** The arithmetic of few events and of what is to come, against the tables of our own research. */
import { expect, test } from "vitest";
import { budgetMinutes, burnRate, forecastBurn, forecastLookback } from "../../../src/compile/tiers/burn-maths.ts";
import { costOfOne, eventsForSilence, secondsUntilEnough } from "../../../src/compile/tiers/volume-maths.ts";
import { errorBudget } from "../../../src/promql/number.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;

/** Events in the long window so that one failure stays silent, by tier; undefined where the tier cannot fire. */
test.each<[objective: number, events: readonly (number | undefined)[]]>([
  [50, [undefined, undefined, undefined, 2]],
  [90, [undefined, 2, 4, 10]],
  [95, [2, 4, 7, 20]],
  [99, [7, 17, 34, 100]],
  [99.9, [70, 167, 334, 1000]],
  [99.99, [695, 1667, 3334, 10_000]],
])("at %d%% one failure is silent among %j events", (objective, events) => {
  const budget = errorBudget(objective);
  [14.4, 6, 3, 1].forEach((burn, index) => {
    if (events[index] !== undefined) expect(eventsForSilence(1, burn * budget)).toBe(events[index]);
  });
});

test("twice as many failures are silent among twice as many events", () => {
  expect(eventsForSilence(2, 0.0144)).toBe(139);
  expect(eventsForSilence(10, 0.01)).toBe(1000);
});

test.each([
  [4, 1, [180, 90, 18]],
  [24, 6, [30, 15, 3]],
  [72, 18, [10, 5, 1]],
])("exhaustion within %d h is judged from %d h, at burns of %j", (horizon, lookback, burns) => {
  expect(forecastLookback(horizon * HOUR, 30)).toBe(lookback * HOUR);
  for (const [index, left] of [1, 0.5, 0.1].entries())
    expect(forecastBurn(left, MONTH, horizon * HOUR)).toBeCloseTo(burns[index] as number, 9);
});

test("ten requests an hour leave 7.2 failures, and one costs 13.9% of them", () => {
  expect(costOfOne(0.001, 10 * 24 * 30)).toBeCloseTo(1 / 7.2, 12);
});

test("a month with an hour more or less has another budget", () => {
  expect(budgetMinutes(0.001, 743 * HOUR)).toBeCloseTo(44.58, 9);
  expect(budgetMinutes(0.001, 721 * HOUR)).toBeCloseTo(43.26, 9);
});

test.each([
  [0.02, HOUR, 0.01344],
  [0.05, 6 * HOUR, 0.0056],
  [0.04, 5400, 0.01792],
])("in 28 days of 99.9%% a share of %d within %d s is an error ratio of %d", (share, long, threshold) => {
  expect(burnRate(share, long, 28 * DAY) * 0.001).toBeCloseTo(threshold, 12);
});

test.each([
  ["half of all fail, and ten of a hundred in an hour must", 0.5, { minBad: 10 }, 720],
  ["all fail, and no guard is declared", 1, {}, 0],
  ["fewer fail in an hour than must", 0.05, { minBad: 10 }, Number.POSITIVE_INFINITY],
  ["an hour has fewer events than it must", 1, { minEvents: 101 }, Number.POSITIVE_INFINITY],
])("seconds until enough where %s", (_what, errorRatio, guards, seconds) =>
  expect(secondsUntilEnough({ eventsPerDay: 2400, longSeconds: 3600, ...guards }, errorRatio)).toBeCloseTo(seconds, 6),
);
