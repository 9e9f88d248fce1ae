/** Series as promtool reads them: short, and the same values. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { runs, seriesName } from "../../src/prove/series-text.ts";

const none = undefined;

test.each<[readonly (number | undefined)[], string]>([
  [[1], "1"],
  [[0, 0, 0], "0x2"],
  [[0, 30, 60, 90], "0+30x3"],
  [[90, 60, 30], "90-30x2"],
  [[-5, -5], "-5x1"],
  [[0, 30, 60, 0, 30], "0+30x2 0 30"],
  [[none, none, 1], "_x2 1"],
  [[1, none, none, 2], "1 stale _x1 2"],
  [[1, none], "1 stale"],
  [[], ""],
])("%j is written as %s", (values, text) => {
  expect(runs(values)).toBe(text);
});

test("labels are sorted and quoted", () => {
  expect(seriesName("x", { b: "1", a: 'q"\n' })).toBe('x{a="q\\"\\n", b="1"}');
});

test("every series reads back as it was", () => {
  const value = fc.oneof(
    fc.constantFrom(0, 1, 30, 0.5, 1e6, -2),
    fc.integer({ min: -1e9, max: 1e9 }),
    fc.constant(none),
  );
  fc.assert(
    fc.property(fc.array(value, { maxLength: 30 }), (values) => {
      const back = readBack(runs(values));
      expect(back.length).toBe(values.length);
      for (const [index, one] of back.entries()) {
        if (one === none) expect(values[index]).toBe(none);
        else expect(one).toBeCloseTo(values[index] as number, 3);
      }
    }),
    { numRuns: 500 },
  );
});

/** https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/#series */
function readBack(text: string): (number | undefined)[] {
  return text
    .split(" ")
    .filter(Boolean)
    .flatMap((part) => {
      if (part === "stale") return [none];
      const gap = /^_(?:x(\d+))?$/.exec(part);
      if (gap) return Array<undefined>(Number(gap[1] ?? 1)).fill(none);
      const [, first = "", sign = "+", step = "0", times = "0"] =
        /^(-?[\d.e]+?)(?:([+-])([\d.e]+))?(?:x(\d+))?$/.exec(part) ?? [];
      return Array.from(
        { length: Number(times) + 1 },
        (_, index) => Number(first) + (sign === "-" ? -1 : 1) * Number(step) * index,
      );
    });
}
