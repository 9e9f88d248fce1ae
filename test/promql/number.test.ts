/** Numbers in rules are exact decimals: no dust of binary fractions, and nothing of a user's number is lost. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { errorBudget, exact, printNumber } from "../../src/promql/number.ts";

test.each([
  [50, 0.5],
  [90, 0.1],
  [95, 0.05],
  [99, 0.01],
  [99.5, 0.005],
  [99.9, 0.001],
  [99.95, 0.0005],
  [99.99, 0.0001],
  [99.999, 0.00001],
  [99.9999, 0.000001],
  [99.99999, 0.0000001],
  [99.999999, 0.00000001],
  [0.1, 0.999],
  [33.333333, 0.66666667],
])("the error budget of %d is %d", (objective, budget) => {
  expect(errorBudget(objective)).toBe(budget);
});

test("the error budget is the objective's complement, for every objective of six decimals", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999_999 }), (millionths) => {
      expect(errorBudget(millionths / 1e6)).toBe((1e8 - millionths) / 1e8);
    }),
  );
});

test.each([
  [14.4 * 0.001, "0.0144"],
  [6 * 0.001, "0.006"],
  [14.4 * 0.0001, "0.00144"],
  [0.1 + 0.2, "0.3"],
  [1 - 99.9 / 100, "0.001"],
  [3 * 0.1, "0.3"],
  [0.7 * 3, "2.1"],
  [2_999_999.9999999995, "3000000"],
  [1e-7, "1e-7"],
  [0, "0"],
  [-0, "0"],
  [-0.001, "-0.001"],
  [Number.POSITIVE_INFINITY, "+Inf"],
  [Number.NEGATIVE_INFINITY, "-Inf"],
  [Number.NaN, "NaN"],
])("%d prints as %s", (value, text) => {
  expect(printNumber(value)).toBe(text);
});

// A queue of at most 1 TiB, a Unix time in milliseconds: more digits than a fraction needs.
test.each([1_099_511_627_776, 1_700_000_000_123, 9_007_199_254_740_991, -1_099_511_627_776])(
  "the whole number %d keeps every digit",
  (value) => {
    expect(printNumber(value)).toBe(String(value));
    expect(exact(value)).toBe(value);
  },
);

test("a printed number reads back as itself but for dust", () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Math.abs(Number(printNumber(value)) - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-11);
    }),
  );
});

test("twelve digits of a user's fraction survive", () => {
  const digits = fc.integer({ min: 1, max: 999_999_999_999 });
  fc.assert(
    fc.property(
      digits,
      fc.integer({ min: 0, max: 12 }),
      (whole, shift) => void expect(Number(printNumber(whole / 10 ** shift))).toBe(whole / 10 ** shift),
    ),
  );
});
