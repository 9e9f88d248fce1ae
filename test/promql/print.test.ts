/** The printer against the official grammar and the real engine: what it prints means what it was given. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { expect, onTestFinished, test } from "vitest";
import type { Expr } from "../../src/promql/ast.ts";
import {
  binary,
  call,
  chain,
  isTrue,
  number,
  offset,
  on,
  over,
  selector,
  subquery,
  sumBy,
  text,
} from "../../src/promql/build.ts";
import { parseSelector } from "../../src/promql/grammar/parse.ts";
import { print } from "../../src/promql/print.ts";
import { quote } from "../../src/promql/print-selector.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";
import { selector as anySelector, hostileText, vector } from "./arbitrary.ts";
import { isSound, readBack } from "./read-back.ts";

const [a, b, c] = [selector("a"), selector("b"), selector("c")];

test.each<[string, Expr]>([
  ["a", a],
  ['a{job="x", code="5"}', selector("a", { job: "x", code: "5" })],
  ['{job="x"}', selector("", { job: "x" })],
  ['{"a.b", "c d"="x"}', selector("a.b", { "c d": "x" })],
  ['{"on", job="x"}', selector("on", { job: "x" })],
  ['{"Inf"}', selector("Inf")],
  ['sum{by="x"}', selector("sum", { by: "x" })],
  ["a[5m] offset 10s", offset(over(a, 300_000), 10_000)],
  ["a[5m]", offset(over(a, 300_000), 0)],
  ["sum(a)", sumBy([], a)],
  ['sum by (x, "y z") (a)', sumBy(["x", "y z"], a)],
  ["time()", call("time")],
  ['label_replace(a, "x", "\\"", "", "")', call("label_replace", a, text("x"), text('"'), text(""), text(""))],
  ["max_over_time(a[1h:20m])", call("max_over_time", subquery(a, 3_600_000, 1_200_000))],
  ["max_over_time((a + b)[1h:1m])", call("max_over_time", subquery(binary("+", a, b), 3_600_000, 60_000))],
  ["a > bool 1", isTrue(">", a, number(1))],
  ["a and on () b", binary("and", a, b, on())],
  ["a * on (x) group_left () b", binary("*", a, b, { type: "on", labels: ["x"], group: "left" })],
  [
    "a / ignoring (x) group_right (y) b",
    binary("/", a, b, { type: "ignoring", labels: ["x"], group: "right", include: ["y"] }),
  ],
])("%s", (printed, expr) => {
  expect(print(expr)).toBe(printed);
});

const long = selector("requests_with_a_name_so_long_that_it_fills_half_of_a_line_total", {
  job: "inference-gateway",
  code: "5",
});

test.each<[string, Expr]>([
  [
    `${print(long)}[5m]\n  - last_over_time(\n    ${print(long)}[5m]) >= 0`,
    binary(">=", binary("-", over(long, 300_000), call("last_over_time", over(long, 300_000))), number(0)),
  ],
  [
    `0 * count by (model) (\n  ${print(long)})`,
    binary("*", number(0), { node: "aggregation", op: "count", by: ["model"], expr: long }),
  ],
  [`sum by (model) (rate(\n  ${print(long)}[5m]))`, sumBy(["model"], call("rate", over(long, 300_000)))],
  [`1 -\n  ${print(long)}\n  /\n  ${print(long)}`, binary("-", number(1), binary("/", long, long))],
])("a selector that fills a line has one of its own, and what closes after it has none: %#", (printed, expr) => {
  expect(print(expr)).toBe(printed);
});

test.each<[string, Expr]>([
  ["a + b * c", binary("+", a, binary("*", b, c))],
  ["(a + b) * c", binary("*", binary("+", a, b), c)],
  ["a - b - c", binary("-", binary("-", a, b), c)],
  ["a - (b - c)", binary("-", a, binary("-", b, c))],
  ["a / (b * c)", binary("/", a, binary("*", b, c))],
  ["a / b * c", binary("*", binary("/", a, b), c)],
  ["a ^ b ^ c", binary("^", a, binary("^", b, c))],
  ["(a ^ b) ^ c", binary("^", binary("^", a, b), c)],
  ["(-1) ^ a", binary("^", number(-1), a)],
  ["a ^ -1", binary("^", a, number(-1))],
  ["a - -1", binary("-", a, number(-1))],
  ["-1 * a", binary("*", number(-1), a)],
  ["a > b + c", binary(">", a, binary("+", b, c))],
  ["(a > b) + c", binary("+", binary(">", a, b), c)],
  ["a > 1 and b > 1", binary("and", binary(">", a, number(1)), binary(">", b, number(1)))],
  ["a and b or c", binary("or", binary("and", a, b), c)],
  ["a and (b or c)", binary("and", a, binary("or", b, c))],
  ["a or b and c", binary("or", a, binary("and", b, c))],
  ["a unless (b unless c)", binary("unless", a, binary("unless", b, c))],
  ["a and b unless c", chain("and", a, b).node === "binary" ? binary("unless", chain("and", a, b), c) : a],
])("%s has the parentheses it needs and no others", (printed, expr) => {
  expect(print(expr)).toBe(printed);
  expect(readBack(printed)).toEqual(expr);
});

test("an expression that is too long for a line is broken at its operators, and means the same", () => {
  const long = selector("a_metric_whose_name_is_long_enough_to_fill_half_a_line", { job: "a-job" });
  const expr = binary("/", sumBy(["model"], binary("+", long, long)), binary(">", sumBy(["model"], long), number(0)));
  expect(
    print(expr)
      .split("\n")
      .every((line) => line.length <= 100),
  ).toBe(true);
  expect(readBack(print(expr))).toEqual(expr);
});

test("a user's expression stands in parentheses, and its comment swallows nothing", () => {
  expect(print({ node: "raw", text: "a or b" })).toBe("(a or b)");
  expect(readBack(print(binary("*", { node: "raw", text: "sum(a) # all of them" }, number(30))))).toEqual(
    binary("*", sumBy([], a), number(30)),
  );
});

test("strings come back as they went in", () => {
  fc.assert(
    fc.property(
      hostileText,
      (value) =>
        void expect(parseSelector(`x{a=${quote(value)}}`)).toMatchObject({
          ok: true,
          value: { matchers: [{ value }] },
        }),
    ),
    { numRuns: 500 },
  );
});

test("a printed string has no line break of any reader and no control character", () => {
  fc.assert(
    fc.property(
      hostileText,
      (value) => void expect(quote(value)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/),
    ),
    { numRuns: 500 },
  );
});

test("selectors come back as they went in", () => {
  fc.assert(
    fc.property(anySelector, (value) => void expect(parseSelector(print(value))).toEqual({ ok: true, value })),
    { numRuns: 500 },
  );
});

test("what is printed is sound, means what was given, and prints again as it is", () => {
  fc.assert(
    fc.property(vector, (expr) => {
      const printed = print(expr);
      expect(isSound(printed)).toBe(true);
      expect(readBack(printed)).toEqual(expr);
      expect(print(readBack(printed))).toBe(printed);
    }),
    { numRuns: 500 },
  );
});

describeWithEngine("promtool", "the printer on the real engine", () => {
  test("promtool takes what is printed", async () => {
    const dir = mkdtempSync(join(tmpdir(), "firebreak-print-"));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const rules = fc
      .sample(vector, { numRuns: 150, seed: 7 })
      .map((expr, index) => ({ record: `a:b${index}`, expr: print(expr) }));
    writeFileSync(join(dir, "rules.json"), JSON.stringify({ groups: [{ name: "all", rules }] }));
    expect(await runPromtool(["check", "rules", "rules.json"], { cwd: dir })).toMatchObject({ status: 0 });
  });
});
