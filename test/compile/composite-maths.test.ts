/** The arithmetic of composites, against published examples. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type ComponentRatio, type CompositeRule, compositeErrorRatio } from "../../src/compile/composite-maths.ts";

/** The composite's share of good events from those of its components. */
function good(rule: CompositeRule, shares: readonly (readonly [good: number, weight?: number])[]): number {
  const components = shares.map(([share, weight = 1]): ComponentRatio => ({ errorRatio: 1 - share, weight }));
  return 1 - (compositeErrorRatio(rule, components) ?? Number.NaN);
}

test("weights 1, 4 and 3 of 0.99, 0.95 and 0.999 are 0.973375", () => {
  expect(
    good("weighted", [
      [0.99, 1],
      [0.95, 4],
      [0.999, 3],
    ]),
  ).toBeCloseTo(0.973375, 12);
});

test("routes are the weighted mean of what is in series on each", () => {
  const direct = good("serial", [[0.999], [0.995]]);
  const longer = good("serial", [[0.999], [0.99], [0.995]]);
  expect(
    good("weighted", [
      [direct, 0.9],
      [longer, 0.1],
    ]),
  ).toBeCloseTo(0.993010995, 12);
});

test("the worst of two is the worst", () => {
  expect(
    compositeErrorRatio("worst", [
      { errorRatio: 0.2, weight: 1 },
      { errorRatio: 0.1, weight: 9 },
    ]),
  ).toBe(0.2);
});

test("without any traffic there is no ratio", () => {
  for (const rule of ["worst", "weighted", "serial"] as const) expect(compositeErrorRatio(rule, [])).toBeUndefined();
});

test("a mean is never over the worst, and a series never under it", () => {
  const component = fc.record({
    errorRatio: fc.double({ min: 0, max: 1, noNaN: true }),
    weight: fc.integer({ min: 1, max: 9 }),
  });
  fc.assert(
    fc.property(fc.array(component, { minLength: 1, maxLength: 5 }), (components) => {
      const [mean, worst, serial] = (["weighted", "worst", "serial"] as const).map(
        (rule) => compositeErrorRatio(rule, components) ?? Number.NaN,
      ) as [number, number, number];
      expect(mean).toBeLessThanOrEqual(worst + 1e-12);
      expect(worst).toBeLessThanOrEqual(serial + 1e-12);
      expect(serial).toBeLessThanOrEqual(1);
    }),
  );
});
