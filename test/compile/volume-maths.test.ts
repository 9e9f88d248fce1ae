/** The arithmetic of traffic and of what is to come, against the tables of our own research. */
import { expect, test } from "vitest";
import {
  budgetLeft,
  budgetMinutes,
  burnRate,
  forecastBurn,
  forecastLookback,
  hasDropped,
  isReachable,
  smallestObjective,
  spendBurn,
} from "../../src/compile/maths.ts";
import {
  absenceSeconds,
  budgetInEvents,
  budgetInSlices,
  calendarConsumed,
  costOfOne,
  eventsForSilence,
  incidentSeconds,
  ratioWithout,
  trafficThreshold,
  trueSpend,
} from "../../src/compile/volume-maths.ts";
import { errorBudget } from "../../src/promql/number.ts";

const MINUTE = 60;
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
    expect(isReachable(burn, budget)).toBe(events[index] !== undefined);
    if (events[index] !== undefined) expect(eventsForSilence(1, burn * budget)).toBe(events[index]);
  });
});

test("twice as many failures are silent among twice as many events", () => {
  expect(eventsForSilence(2, 0.0144)).toBe(139);
  expect(eventsForSilence(10, 0.01)).toBe(1000);
});

test.each([
  [0.02, HOUR, 93.0556],
  [0.05, 6 * HOUR, 83.3333],
  [0.1, DAY, 66.6667],
])("a share of %d within %d s can be found from an objective of %d%% on", (share, long, objective) => {
  expect(smallestObjective(share, long, MONTH)).toBeCloseTo(objective, 4);
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

test("a budget has dropped by a share, and not by a little less", () => {
  expect(hasDropped(0.9, 0.8, 0.0999)).toBe(true);
  expect(hasDropped(0.9, 0.81, 0.1)).toBe(false);
});

test("the traffic decides what a window has spent", () => {
  expect(trueSpend(100, 0.05, 90_000)).toBeCloseTo(0.022222, 6);
  // What a burn rate makes of it: the window's part of the period.
  expect((100 / 120 / 0.05) * (HOUR / MONTH)).toBeCloseTo(0.023148, 6);
  expect(trafficThreshold(0.02, 0.01, 1e6, 1e4)).toBeCloseTo(0.02, 12);
  expect(burnRate(0.02, HOUR, MONTH) * 0.01).toBeCloseTo(0.144, 12);
});

test("ten requests an hour leave 7.2 failures, and one costs 13.9% of them", () => {
  const events = 10 * 24 * 30;
  expect(budgetInEvents(0.001, events)).toBeCloseTo(7.2, 12);
  expect(costOfOne(0.001, events)).toBeCloseTo(0.13889, 5);
});

test.each([
  [99.95, 7, 1, 5.04],
  [95, 14, 1, 1008],
])("%d%% of %d days are, in slices of %d min, %d", (objective, days, minutes, slices) => {
  expect(budgetInSlices(errorBudget(objective), days * DAY, minutes * MINUTE)).toBeCloseTo(slices, 9);
});

test("an incident of 99% errors may last 13h42.9m where 1% is usual", () => {
  expect(incidentSeconds(0.05, 0.01, 0.99, 14 * DAY) / MINUTE).toBeCloseTo(822.857, 3);
});

test("a day that is taken out makes an hour weigh more than a day that counts as good", () => {
  expect(ratioWithout(HOUR, 7 * DAY, DAY)).toBeCloseTo(0.00694, 5);
  expect(ratioWithout(HOUR, 7 * DAY, 0)).toBeCloseTo(0.00595, 5);
  expect(1 - ratioWithout(5, 720, 0)).toBeCloseTo(0.993056, 6);
  expect(1 - ratioWithout(10, 720, 0)).toBeCloseTo(0.986111, 6);
});

test("an absent metric may cost a tenth of a month's 99.9% in 259s", () => {
  expect(absenceSeconds(0.1, 0.001, MONTH)).toBeCloseTo(259.2, 9);
});

test("a calendar period consumes by what has passed of it", () => {
  expect(calendarConsumed(0.001, 0.001, 0.5)).toBeCloseTo(0.5, 12);
  expect(calendarConsumed(0.01, 0.001, 0.02)).toBeCloseTo(0.2, 12);
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

test("half a day at 50% leaves a budget of 72 minutes overspent by 288", () => {
  const minutes = budgetMinutes(0.1, 12 * HOUR);
  expect(minutes).toBeCloseTo(72, 9);
  expect(budgetLeft(0.5, 0.1) * minutes).toBeCloseTo(-288, 9);
});

test("money burns without an upper bound", () => {
  expect(spendBurn(50, HOUR, 500, DAY)).toBeCloseTo(2.4, 12);
});
