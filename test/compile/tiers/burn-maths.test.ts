/** The arithmetic, against the Workbook's chapter 5 and the tables of our own research. */
import { expect, test } from "vitest";
import {
  budgetMinutes,
  budgetSpent,
  burnRate,
  detectionSeconds,
  exhaustionSeconds,
  highestBurn,
  resetSeconds,
} from "../../../src/compile/tiers/burn-maths.ts";
import { errorBudget } from "../../../src/promql/number.ts";

const MINUTE = 60;
const HOUR = 3600;
const DAY = 24 * HOUR;
const MONTH = 30 * DAY;
const NEVER = Number.POSITIVE_INFINITY;

test.each([
  [0.02, HOUR, 7, 3.36],
  [0.05, 6 * HOUR, 7, 1.4],
  [0.1, DAY, 7, 0.7],
  [0.1, 3 * DAY, 7, 0.2333],
  [0.02, HOUR, 28, 13.44],
  [0.05, 6 * HOUR, 28, 5.6],
  [0.1, DAY, 28, 2.8],
  [0.1, 3 * DAY, 28, 0.9333],
  [0.02, HOUR, 30, 14.4],
  [0.05, 6 * HOUR, 30, 6],
  [0.1, DAY, 30, 3],
  [0.1, 3 * DAY, 30, 1],
  [0.05, HOUR, 30, 36],
  [0.02, HOUR, 90, 43.2],
  [0.05, 6 * HOUR, 90, 18],
  [0.1, DAY, 90, 9],
  [0.1, 3 * DAY, 90, 3],
  // Datadog's tables.
  [0.1, HOUR, 7, 16.8],
  [0.2, 6 * HOUR, 7, 5.6],
  [0.4, DAY, 7, 2.8],
  [0.01, HOUR, 90, 21.6],
  [0.03, 6 * HOUR, 90, 10.8],
  [0.05, DAY, 90, 4.5],
])("a share of %d within %d s of %d days is a burn of %d", (share, long, days, burn) => {
  expect(burnRate(share, long, days * DAY)).toBeCloseTo(burn, 4);
});

test.each([
  [14.4, HOUR, 7, 0.08571],
  [6, 6 * HOUR, 7, 0.2143],
  [3, DAY, 7, 0.4286],
  [1, 3 * DAY, 7, 0.4286],
  [14.4, HOUR, 28, 0.02143],
  [6, 6 * HOUR, 28, 0.05357],
  [3, DAY, 28, 0.1071],
  [1, 3 * DAY, 28, 0.1071],
  [14.4, HOUR, 30, 0.02],
  [6, 6 * HOUR, 30, 0.05],
  [3, DAY, 30, 0.1],
  [1, 3 * DAY, 30, 0.1],
  [14.4, HOUR, 90, 0.00667],
  [6, 6 * HOUR, 90, 0.01667],
  [3, DAY, 90, 0.03333],
  [1, 3 * DAY, 90, 0.03333],
  // slo-generator's policy of 28 days.
  [9, HOUR, 28, 0.01339],
  [3, 12 * HOUR, 28, 0.05357],
  [1.5, 7 * DAY, 28, 0.375],
  [1, 28 * DAY, 28, 1],
])("a burn of %d over %d s spends, of %d days, a share of %d", (burn, long, days, share) => {
  expect(budgetSpent(burn, long, days * DAY)).toBeCloseTo(share, 4);
});

test.each([
  [50, 2],
  [90, 10],
  [95, 20],
  [96, 25],
  [99, 100],
  [99.9, 1000],
  [99.99, 10_000],
])("at %d%% the highest burn is %d", (objective, burn) => {
  expect(highestBurn(errorBudget(objective))).toBeCloseTo(burn, 9);
});

/** Of a total outage, in minutes: detection and reset by tier, `undefined` where the tier cannot fire. */
const TIERS = [
  [14.4, 60, 5],
  [6, 360, 30],
  [3, 1440, 120],
  [1, 4320, 360],
] as const;

test.each<[objective: number, expected: readonly ([detect: number, reset: number] | undefined)[]]>([
  [50, [undefined, undefined, undefined, [2160, 180]]],
  [90, [undefined, [216, 12], [432, 84], [432, 324]]],
  [
    95,
    [
      [43.2, 1.4],
      [108, 21],
      [216, 102],
      [216, 342],
    ],
  ],
  [
    99,
    [
      [8.64, 4.28],
      [21.6, 28.2],
      [43.2, 116.4],
      [43.2, 356.4],
    ],
  ],
  [
    99.9,
    [
      [0.864, 4.928],
      [2.16, 29.82],
      [4.32, 119.64],
      [4.32, 359.64],
    ],
  ],
  [
    99.99,
    [
      [0.0864, 4.9928],
      [0.216, 29.982],
      [0.432, 119.964],
      [0.432, 359.964],
    ],
  ],
])("at %d%% a total outage is found, and its end, by tier after %j minutes", (objective, expected) => {
  TIERS.forEach(([burn, long, short], index) => {
    const threshold = burn * errorBudget(objective);
    const [detect, reset] = expected[index] ?? [NEVER, 0];
    expect(detectionSeconds(long * MINUTE, threshold, 1) / MINUTE).toBeCloseTo(detect, 6);
    if (detect !== NEVER) expect(resetSeconds(short * MINUTE, threshold, 1) / MINUTE).toBeCloseTo(reset, 6);
  });
});

// The first tier to fire at a steady error ratio, 30 days of 99.9%.
test.each([
  [0.05, 0, 60, 14.4, 5, 17.28, 3.56],
  [0.0144, 0, 360, 6, 30, 150, 17.5],
  [0.01, 0, 360, 6, 30, 216, 12],
  [0.002, 0, 4320, 1, 360, 2160, 180],
  [0.15, 0, 60, 14.4, 5, 5.76, 4.52],
  [0.05, 0.0005, 60, 14.4, 5, 16.848, 3.596],
])("a ratio of %d after %d is found in %d min windows at %d×", (ratio, before, long, burn, short, detect, reset) => {
  expect(detectionSeconds(long * MINUTE, burn * 0.001, ratio, before) / MINUTE).toBeCloseTo(detect, 3);
  expect(resetSeconds(short * MINUTE, burn * 0.001, ratio, before) / MINUTE).toBeCloseTo(reset, 2);
});

test.each([
  [0.001, 1],
  [0.0144, 14.4],
  [0.0005, 1],
])("a steady ratio of %d never passes a threshold of %d×", (ratio, burn) => {
  expect(detectionSeconds(HOUR, (burn * 1000) / 1e6, ratio)).toBe(NEVER);
  expect(resetSeconds(HOUR, (burn * 1000) / 1e6, ratio)).toBe(0);
});

test.each([
  [36 * HOUR, 1, 2.16],
  [10 * MINUTE, 1, 0.01],
])("a window of %d s at %d× finds a total outage after %d min", (long, burn, minutes) => {
  expect(detectionSeconds(long, burn * 0.001, 1) / MINUTE).toBeCloseTo(minutes, 6);
});

test("a single window resolves as late as it is long", () => {
  expect(resetSeconds(36 * HOUR, 0.001, 1) / HOUR).toBeCloseTo(35.964, 6);
  expect(resetSeconds(HOUR, 0.036, 1) / MINUTE).toBeCloseTo(57.84, 6);
});

test.each([
  [35, MONTH, 20.571 * HOUR],
  [1, MONTH, MONTH],
  [1000, MONTH, 43.2 * MINUTE],
  [100_000, MONTH, 25.92],
  [1000, 28 * DAY, 40.32 * MINUTE],
])("a burn of %d exhausts %d s in %d s", (burn, period, seconds) => {
  expect(exhaustionSeconds(burn, period) / seconds).toBeCloseTo(1, 4);
});

test.each([
  [99.9, 7, 10.08],
  [99.9, 28, 40.32],
  [99.9, 30, 43.2],
  [99.9, 31, 44.64],
  [99.9, 29, 41.76],
  [99.9, 90, 129.6],
  [99.95, 30, 21.6],
  [99.999, 30, 0.432],
  [95, 14, 1008],
  [90, 0.5, 72],
])("%d%% of %d days leaves %d minutes", (objective, days, minutes) => {
  expect(budgetMinutes(errorBudget(objective), days * DAY)).toBeCloseTo(minutes, 9);
});

test("an outage of an hour spends 139% of 99.9% and 1.4% of 90%", () => {
  expect(HOUR / MINUTE / budgetMinutes(0.001, MONTH)).toBeCloseTo(1.3889, 4);
  expect(HOUR / MINUTE / budgetMinutes(0.1, MONTH)).toBeCloseTo(0.013889, 6);
});

// Ten requests an hour at 99.9%: one failure burns a hundredfold, and the book's 1000 is a misprint.
test("one failure among ten is a burn of 100", () => {
  expect(0.1 / errorBudget(99.9)).toBeCloseTo(100, 9);
  expect(1 / (errorBudget(99.9) * 10 * 24 * 30)).toBeCloseTo(0.13889, 5);
});
