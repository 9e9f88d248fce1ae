/** What is left of rule and test files for one test: their own lines, where they were. */
import { expect, test } from "vitest";
import { type Piece, piecesRead, piecesWhole } from "../../src/play/piece.ts";
import { readRules } from "../../src/play/rule-text.ts";
import { readTests, type TestText } from "../../src/play/test-text.ts";

const RULES = `groups:
  # Of nobody.
  - name: one
    rules:
      - record: a
        expr: |+
          x

      # Kept as well: comments are of no consequence.
      -
        record: b
        expr: y
    limit: 10
  - name: two
    rules:
      - alert: C
        expr: a > 1
        labels: { version: 1.10 }`;

const TESTS = `rule_files:
  - some.rules.yaml
fuzzy_compare: true
tests:
  - name: first
    promql_expr_test:
      - { eval_time: 1m, expr: b, exp_samples: [] }

  - external_labels: { a: b }
    promql_expr_test:
      - { eval_time: 1m, expr: ALERTS, exp_samples: [] }
`;

const tests = readTests(TESTS) as TestText;
const rules = [{ path: "/p/some.rules.yaml", text: readRules(RULES) }];
const lineOf = (text: string, part: string): number => text.split("\n").findIndex((line) => line.includes(part));

/** What promtool gets for a test in one part. */
const pieceOf = (index: number): Piece => (piecesRead(tests, rules)(index)[0] as () => Piece)();

test("rules that a test does not read are taken out, and what is left keeps its line and its letters", () => {
  const [, read] = pieceOf(1).files;
  const unread = [1, 8, 9, 10, 11];
  const left = RULES.split("\n").map((line, index) => (unread.includes(index) ? "#" : line));
  expect(read?.text.split("\n")).toEqual(left);
});

test("a group goes with the last of its rules", () => {
  const [, read] = pieceOf(0).files;
  expect(["name: one", "limit: 10", "name: two", "version"].map((part) => read?.text.includes(part))).toEqual([
    true,
    true,
    false,
    false,
  ]);
});

test("a test stands alone on its line, with the fields of its file, and its name is its parts' own business", () => {
  const [file] = pieceOf(0).files;
  expect(file?.text).toContain('rule_files: ["0.rules.yaml"]');
  expect(file?.text).toContain("fuzzy_compare: true");
  expect(file?.text).not.toContain("first");
  expect(file?.text).not.toContain("external_labels");
  expect(lineOf(file?.text ?? "", "expr: b")).toBe(lineOf(TESTS, "expr: b"));
});

test("on all rules it reads them where they are, under its name", () => {
  const [make] = piecesWhole(tests, rules)(0);
  const texts = make?.().files.map(({ text }) => text) ?? [];
  expect(texts.map((text) => ["/p/some.rules.yaml", "first"].every((part) => text.includes(part)))).toEqual([true]);
});

test("rules of which one file is not understood are all kept", () => {
  const unclear = [...rules, { path: "/p/*.yaml", text: undefined }];
  const [read, whole] = [piecesRead, piecesWhole].map((pieces) => pieces(tests, unclear)(0).map((make) => make()));
  expect(read).toEqual(whole);
});

test.each([
  ["one that is no YAML", "groups: ["],
  ["one in another style", '{ "groups": [] }'],
  ["one with a part that stands for another", "groups:\n  - &g\n    name: a\n    rules:\n  - *g\n"],
  ["one with a list of rules in another style", "groups:\n  - name: a\n    rules: [{ record: b, expr: c }]\n"],
  ["two documents", "groups:\n  - name: a\n---\ngroups:\n  - name: b\n"],
  ["one whose lines are not everybody's", "groups:\n  - name: a # \u2028  rules:\n"],
  ["one without groups", "rules:\n  - record: a\n"],
])("nothing is taken out of %s", (_what, text) => {
  expect(readRules(text)).toBe(undefined);
});

test.each([
  ["that names no rules", "tests:\n  - name: a\n"],
  ["in another style", "rule_files: [a]\ntests: [{ name: a }]\n"],
  ["whose expectation is no text", "rule_files: [a]\ntests:\n  - promql_expr_test: [{ expr: [b] }]\n"],
  ["without tests", "rule_files: [a]\ntests:\n"],
])("a test file %s is not taken apart", (_what, text) => {
  expect(readTests(text)).toBe(undefined);
});
