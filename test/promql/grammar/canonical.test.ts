/** Expressions that mean the same by their form alone have one text. */
import { describe, expect, test } from "vitest";
import { canonical } from "../../../src/promql/grammar/canonical.ts";

describe("the same text", () => {
  test.each([
    ["spaces and comments", "sum( x )  # all", "sum(x)"],
    ["where a modifier stands", "sum(x) by (b, a)", "sum by (a,b) (x)"],
    ["empty lists", "sum by () (x) * on (a) group_left () y", "sum(x) * on (a) group_left y"],
    ["quotes and escapes", "x{a='\\x41'}", 'x{a="A"}'],
    ["the order of matchers", '{a="1", __name__="x", b=~"2"}', 'x{b=~"2", a="1"}'],
    ["quoted names", '{"x", "a"="1"}', 'x{a="1"}'],
    ["units", "rate(x[90m] offset 1d)", "rate(x[1h30m] offset 24h)"],
    ["numbers", "x > 1e3", "x > 1000"],
    ["the case of keywords", "x AND y", "x and y"],
  ])("whatever %s", (_what, one, other) => {
    expect(canonical(one)).toBe(canonical(other));
  });
});

describe("another text", () => {
  test.each([
    ["operators", "x + y", "x - y"],
    ["signs", "-x", "+x"],
    ["metrics", "x", "y"],
    ["matchers", 'x{a="1"}', 'x{a!="1"}'],
    ["values", 'x{a="1"}', 'x{a="2"}'],
    ["ranges", "rate(x[5m])", "rate(x[6m])"],
    ["numbers", "x > 0.1", "x > 0.2"],
    ["labels to match on", "x / on (a) y", "x / ignoring (a) y"],
    ["empty and missing matching", "x / on () y", "x / y"],
    ["labels that come along", "x * on (a) group_left (b) y", "x * on (a) group_left (c) y"],
    ["by and without", "sum by (a) (x)", "sum without (a) (x)"],
    ["no labels and all", "sum without () (x)", "sum(x)"],
    ["functions", "rate(x[5m])", "irate(x[5m])"],
    ["bool", "x > bool 1", "x > 1"],
    ["parentheses that bind", "(x + y) * z", "x + y * z"],
  ])("for other %s", (_what, one, other) => {
    expect(canonical(one)).not.toBe(canonical(other));
  });
});
