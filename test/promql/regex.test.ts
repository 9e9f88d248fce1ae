/** Regular expressions: what Prometheus refuses is refused, and a pattern matches here what it matches there. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { quote } from "../../src/promql/print-selector.ts";
import { regexMistake, toRegExp } from "../../src/promql/regex.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";

const TAKEN = [
  "",
  ".*",
  "5..",
  "a|b",
  "1(\\.0)?|1e\\+06",
  "[^/]+",
  "(?i)get|post",
  "(?s).",
  "(?P<code>\\d{3})",
  "(?:a)",
  "a{2,1000}",
  "\\w+\\s\\S\\D\\W",
  "\\bfoo\\B",
  "\\Aa\\z",
  "\\pL\\p{Greek}",
  "\\x41",
  "\\.\\/\\-\\#",
  "[]a]",
  "[^]a]",
  "[a-z\\]]",
  "a{,5}",
  "{",
  "a{",
  "\\[\\]",
  "[[:alpha:]]",
  "日本",
  "\n",
  "\\Qa.b\\E",
  "a.b#c",
];
const REFUSED = [
  "(",
  ")",
  "[",
  "[]",
  "[^]",
  "*",
  "a**",
  "a{2}{3}",
  "a{2,1}",
  "a{1001}",
  "a{1,1001}",
  "[z-a]",
  "(?=x)",
  "(?!x)",
  "(?<=x)",
  "(?<!x)",
  "(a)\\1",
  "\\y",
  "\\h",
  "\\u0041",
  "\\cA",
  "\\Z",
  "\\G",
  "\\k<x>",
  "(?P=x)",
  "(?>x)",
  "a++",
  "\\",
];

test.each(TAKEN)("%j is taken", (pattern) => {
  expect(regexMistake(pattern)).toBeUndefined();
});

test.each(REFUSED)("%j is refused", (pattern) => {
  expect(regexMistake(pattern)).toBeDefined();
});

test.each<[string, string, boolean]>([
  ["5..", "500", true],
  ["5..", "5000", false],
  ["a|b", "ab", false],
  ["a|b", "b", true],
  [".*", "a\nb", true],
  ["(?i)GET", "get", true],
  ["[]a]", "]", true],
  ["[^]a]", "]", false],
  ["[^]a]", "b", true],
  ["1(\\.0)?", "1.0", true],
  ["1(\\.0)?", "1x0", false],
  ["\\[]", "[]", true],
  ["(?P<x>a)", "a", true],
  ["", "", true],
  ["", "a", false],
])("whether %j matches %j: %s", (pattern, text, matches) => {
  expect(toRegExp(pattern).test(text)).toBe(matches);
});

describeWithEngine("promtool", "patterns on the real engine", () => {
  test("promtool takes what is taken and refuses what is refused", async () => {
    const dir = mkdtempSync(join(tmpdir(), "firebreak-regex-"));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const judge = async (patterns: readonly string[]) => {
      const rules = patterns.map((pattern, index) => ({ record: `a:b${index}`, expr: `x{a=~${quote(pattern)}}` }));
      writeFileSync(join(dir, "rules.json"), JSON.stringify({ groups: [{ name: "all", rules }] }));
      const { stderr } = await runPromtool(["check", "rules", "rules.json"], { cwd: dir });
      return new Set([...stderr.matchAll(/"a:b(\d+)": could not parse/g)].map(([, index]) => Number(index)));
    };
    const refused = await judge([...TAKEN, ...REFUSED]);
    expect([...TAKEN, ...REFUSED].filter((_, index) => refused.has(index))).toEqual(REFUSED);
  });
});
