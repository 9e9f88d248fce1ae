/** What is shown of two expressions or texts that differ. */
import { expect, test } from "vitest";
import { shortSides } from "../../../src/diff/ruler/short-sides.ts";

const sides = (before?: string, after?: string) =>
  shortSides({ field: "query", label: "expression", isMain: true, before: side(before), after: side(after) });
const side = (words: string | undefined) => (words === undefined ? undefined : { value: words, words });

test.each([
  ["short ones are whole", "x > 1", "x > 2", ["x > 1", "x > 2"]],
  [
    "a number that differs twice has what stands before it",
    "a:b:c1h * f(x) > 14.4 * 0.001 and d:e:f5m > 14.4 * 0.001 and g >= 2",
    "a:b:c1h * f(x) > 14.4 * 0.005 and d:e:f5m > 14.4 * 0.005 and g >= 2",
    ["… > 14.4 * 0.001 and … > 14.4 * 0.001 and …", "… > 14.4 * 0.005 and … > 14.4 * 0.005 and …"],
  ],
  [
    "what only one of them has is missing in the other",
    "sum(a) / sum(b) > 1 and c >= 2",
    "sum(a) / sum(b) > 1 and c >= 2 unless on (d) e",
    ["… c >= 2", "… c >= 2 unless on (d) e"],
  ],
  [
    "the order of matchers, quoted braces and line ends are no difference",
    'f(x{a="}",b="2"} > 1) and y > 1',
    'f(\n  x{b="2", a="}"} > 1\n)\nand y > 2',
    ["… and y > 1", "… and y > 2"],
  ],
])("%s", (_what, before, after, expected) => expect(sides(before, after)).toEqual(expected));

test("a matcher that differs is shown with its selector", () =>
  expect(sides('f(g(h(x{a="1", b="2"}[5m]))) > 0', 'f(g(h(x{b="3", a="1"}[5m]))) > 0')).toEqual([
    '… h(x{a="1", b="2"}[ …',
    '… h(x{b="3", a="1"}[ …',
  ]));

test("what is new or gone is whole", () => {
  const long = "a and b and c and d and e and f";
  expect([sides(undefined, long), sides(long)]).toEqual([
    [undefined, long],
    [long, undefined],
  ]);
});

test("a text of any length is shown", () => {
  const long = "( ".repeat(100_000);
  expect(sides(long, `${long}1`)).toEqual([long, `${long}1`]);
});
