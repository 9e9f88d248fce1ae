/** What users write: which selectors and expressions are taken, and where a mistake is. */
import { expect, test } from "vitest";
import { parseExpression, parseSelector, pointAt } from "../../../src/promql/grammar/parse.ts";
import { print } from "../../../src/promql/print.ts";

test.each([
  ["x", "x"],
  ["  x  ", "x"],
  ["x{}", "x"],
  ["x\n{ a = 'b' , }", 'x{a="b"}'],
  ['job:x:rate5m{a="b",c!="d",e=~"f|g",h!~"i.*"}', 'job:x:rate5m{a="b", c!="d", e=~"f|g", h!~"i.*"}'],
  ['x{a="1", a!="2"}', 'x{a="1", a!="2"}'],
  ['x{path="/#/home"}', 'x{path="/#/home"}'],
  ['{__name__="x"}', '{__name__="x"}'],
  ['{"x y", "a.b"="c"}', '{"x y", "a.b"="c"}'],
  ["x{a=`\\d\n`}", 'x{a="\\\\d\\n"}'],
  ['x{a="\\x41\\u00e9\\U0001F525\\101\\t"}', 'x{a="Aé🔥A\\t"}'],
  ['x{le="+Inf"}', 'x{le="+Inf"}'],
  ['sum{by="x"}', 'sum{by="x"}'],
])("%j is the selector %s", (text, printed) => {
  const parsed = parseSelector(text);
  expect(parsed.ok && print(parsed.value)).toBe(printed);
});

test.each([
  ["", 0],
  ["   ", 0],
  ["x[5m]", 0],
  ["x offset 5m", 0],
  ["x @ 1", 0],
  ["sum(x)", 0],
  ["x + y", 0],
  ["(x)", 0],
  ["1", 0],
  ['"x"', 0],
  ["rate(x[5m])", 0],
  ["x # y", 0],
  ["-x", 0],
  ['x{a="b"', 7],
  ["x{a=b}", 4],
  ["x{a}", 3],
  ['x{="b"}', 2],
  ["x y", 2],
  ['x{a="b"}}', 8],
  ['x{a="b}', 7],
  ["1x", 1],
  ["x-y{", 4],
  ['x{a=="b"}', 4],
])("%j is no selector, and the mistake is at character %d", (text, at) => {
  expect(parseSelector(text)).toMatchObject({ ok: false, problem: { at } });
});

test.each(['x{"y"}', '{"x", "y"}', 'x{__name__="y"}', '{__name__="x", __name__="y"}'])(
  "%j names two metrics",
  (text) => {
    expect(parseSelector(text)).toMatchObject({ ok: false, problem: { message: expect.stringMatching(/./) } });
  },
);

test.each([
  'x{a="\\q"}',
  'x{a="\\x4"}',
  'x{a="\\U00110000"}',
  'x{a="\\UFFFFFFFF"}',
  'x{a="\\ud800"}',
  '{"\\q"}',
  'x{"\\q"="b"}',
])("%j has a bad escape", (text) => {
  expect(parseSelector(text)).toMatchObject({ ok: false, problem: { message: expect.stringMatching(/./) } });
});

test.each([
  "sum(rate(x[5m]))",
  "sum by (model) (rate(x[2m])) / 2",
  "x",
  "vector(1)",
  "max_over_time(sum(x)[1h:5m])",
  "x or\ny",
  "x # why",
  'label_replace(x, "a", "$1", "b", "(.*)")',
  "histogram_quantile(0.9, x)",
])("%j is an expression, kept to the letter", (text) => {
  expect(parseExpression(text)).toEqual({ ok: true, value: text });
});

test.each([
  ["", 0],
  [" \n", 0],
  ["sum(x", 5],
  ["sum(x))", 6],
  ["sum(rate(x[5m))", 13],
  ["x +", 3],
  ["x + + ", 6],
  ["nonsense(x)", 8],
  ["rate(x[5q])", 8],
  ["$window", 0],
  ["sum(x)) or (vector(1)", 6],
  ["{{x}}", 1],
])("%j is no expression, and the mistake is at character %d", (text, at) => {
  expect(parseExpression(text)).toMatchObject({ ok: false, problem: { at } });
});

test("a caret points at the mistake, in the line that has it", () => {
  expect(pointAt("sum(\n  rate(x[5q])\n)", 14)).toBe("  rate(x[5q])\n         ^");
  expect(pointAt("x{", 2)).toBe("x{\n  ^");
});

test.each([
  ["rate(x)", "rate needs a range, such as [$window]"],
  ["sum by (a) (increase(x))", "increase needs a range, such as [$window]"],
  ["abs(x[5m])", "abs takes no range"],
  ["x[5m]", "it gives a range and not an instant vector"],
  ["1 + 1", "it gives a scalar and not an instant vector"],
])("%s is refused: %s", (text, message) => {
  expect(parseExpression(text)).toMatchObject({ ok: false, problem: { message } });
});

test.each([
  "rate(x[5m] offset 3m)",
  "rate(sum(x)[5m:1m])",
  "quantile_over_time(0.9, x[5m])",
  "time() - x",
  "1 - avg_over_time((sum(x) <= bool 10)[5m:30s])",
])("%s is a vector", (text) => {
  expect(parseExpression(text).ok).toBe(true);
});
