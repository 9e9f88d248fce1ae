/** Metrics in words: selectors as code, expressions by what they mean. */
import { expect, test } from "vitest";
import { metricSchema, type ParsedMetric } from "../../src/sli/metric.ts";
import { countedWords, metricWords, othersWords } from "../../src/sli/words.ts";

const series = read('x_total{path="`"}');
const bare = read({ promql: "sum(\n  rate(x_total[$window])\n)" });
const meant = read({ promql: "sum(rate(x_total[$window]))", meaning: " late requests " });

test("a selector is code", () => {
  expect(countedWords(series)).toBe('events of `x_total{path="\'"}`');
});

test("an expression without a meaning is code on one line", () => {
  expect(metricWords(bare)).toBe("`sum( rate(x_total[$window]) )`");
});

test("a meaning stands in the place of its expression", () => {
  expect(countedWords(meant)).toBe("late requests");
  expect(othersWords(read({ promql: "x", meaning: "requests" }), meant)).toBe("requests other than late requests");
  expect(othersWords(series, bare)).toBe(
    'events of `x_total{path="\'"}` that are not in `sum( rate(x_total[$window]) )`',
  );
});

test.each(["", "  "])("an empty meaning, %j, is refused", (meaning) => {
  expect(metricSchema.safeParse({ promql: "x", meaning }).success).toBe(false);
});

function read(metric: unknown): ParsedMetric {
  return metricSchema.parse(metric);
}
