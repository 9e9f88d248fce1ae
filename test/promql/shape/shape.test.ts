/** What is known of a user's expression by its form. */
import { describe, expect, test } from "vitest";
import { shapeOf } from "../../../src/promql/shape/shape.ts";

const rate = (factor: number, metric = "x", seconds = 300) => ({ type: "rate", metric, seconds, factor });

describe("an expression", () => {
  test.each([
    ["rate(x[5m])", [rate(1)]],
    ["sum by (a) (rate(x[5m])) * 60", [rate(60)]],
    ["rate(x[5m]) * (2 * 30)", [rate(60)]],
    ["rate(x[5m]) * (120 / 2)", [rate(60)]],
    ["60 * rate(x[5m]) / 2", [rate(30)]],
    ["rate(x[5m]) + rate(y[1h])", [rate(1), rate(1, "y", 3600)]],
    ["rate(x[5m]) or rate(y[5m])", [rate(1), rate(1, "y")]],
    ["rate(x[5m]) and rate(y[5m])", [rate(1)]],
    ["rate(x[5m]) unless rate(y[5m])", [rate(1)]],
    ["rate(x[5m]) > 0", [rate(1)]],
    ["0 < rate(x[5m])", [rate(1)]],
    ["rate(x[5m]) / rate(y[5m])", [{ type: "share", factor: 1 }]],
    ["rate(x[5m]) / y", [rate(1)]],
    ["info * on (i) group_right () rate(x[5m])", [rate(1)]],
    ["rate(x[5m]) * on (i) group_left () info", [rate(1)]],
    ["a * b", [{ type: "instant", metric: "a", factor: 1 }]],
    ["increase(x[1h])", [{ type: "range", name: "increase", metric: "x", seconds: 3600, factor: 1 }]],
    ["avg_over_time(rate(x[5m])[1h:1m])", [rate(1)]],
    ["sum_over_time(x[5m])", [{ type: "range", name: "sum_over_time", metric: "x", seconds: 300, factor: 1 }]],
    ["rate(sum(x)[5m:1m])", [{ type: "rate-of-result", factor: 1 }]],
    ["rate(x[5m:1m])", [rate(1)]],
    ["count(x)", []],
    ["sum(x)", [{ type: "instant", metric: "x", factor: 1 }]],
    ["x > bool 1", [{ type: "no-count", by: "bool", factor: 1 }]],
    ["histogram_quantile(0.9, rate(x[5m]))", [{ type: "no-count", by: "histogram_quantile", factor: 1 }]],
    ["histogram_count(rate(x[5m]))", [rate(1)]],
  ])("%s reads %j", (text, readings) => expect(shapeOf(text).readings).toEqual(readings));

  test.each([
    ["sum(x)", [[]]],
    ["sum by (a, b) (x)", [["a", "b"]]],
    ["sum without (a) (x)", [undefined]],
    ["topk(3, x)", [undefined]],
    ["topk by (a) (3, x)", [undefined]],
    ['count_values("v", x)', [undefined]],
    ["x", [undefined]],
    ["sum by (a) (x) / sum by (b) (y)", [["a"]]],
    ["2 * sum by (b) (y)", [["b"]]],
    ["sum by (a) (x) * on (a) group_left (b) sum by (a, b) (y)", [undefined]],
    ["abs(sum by (a) (x))", [["a"]]],
    ['label_replace(sum by (a) (x), "b", "$1", "a", "(.*)")', [["a", "b"]]],
    ['label_replace(x, "b", "$1", "a", "(.*)")', [undefined]],
    ["sum by (a) (x) or sum by (b) (y)", [["a"], ["b"]]],
    ["sum by (a) (x) or vector(0)", [["a"]]],
  ])("%s has the labels %j", (text, labels) => expect(shapeOf(text).labels).toEqual(labels));

  test("says what `without` takes away", () => {
    expect(shapeOf("sum without (a) (x) or sum by (b) (y)").dropped).toEqual(["a"]);
  });

  test("says what is filled in, outermost and inside", () => {
    expect(shapeOf("sum(x) or vector(0)")).toMatchObject({ filled: [0], filledInside: [] });
    expect(shapeOf("sum(x or vector(2)) + 0")).toMatchObject({ filled: [], filledInside: [2] });
    // By itself it is no filling.
    expect(shapeOf("vector(0)").filled).toEqual([]);
    expect(shapeOf("sum(x) or vector(y)").filled).toEqual([Number.NaN]);
  });

  test.each([
    ["sum(x) + 1", ["+ 1"]],
    ["2 * 3 + sum(x)", ["+ 6"]],
    ["sum(x) + 0", []],
    ["sum(x) + -1", []],
    ["sum(x) - 1", []],
    ["clamp_min(x, 0.5)", ["clamp_min"]],
    ["clamp_min(x, 0)", []],
    ["absent(x)", ["absent"]],
    ["x or absent_over_time(y[5m])", ["absent_over_time"]],
  ])("%s counts what did not happen: %j", (text, added) => expect(shapeOf(text).added).toEqual(added));

  test("names its selectors in order", () =>
    expect(shapeOf('rate(x{a="1"}[5m]) / y').selectors.map(({ metric }) => metric)).toEqual(["x", "y"]));
});
