/** `npm run mutate`: which changes are tried, in which order, and whom they are shown. Mutants themselves take hours. */
import { describe, expect, test } from "vitest";
import { affectedAlerts, changedRules, testsThatAsk } from "../../tools/mutate/affected.ts";
import { builtCorpus, type Rule, type RuleFile } from "../../tools/mutate/built.ts";
import { type Mutant, mutantsOf, mutated, shuffled } from "../../tools/mutate/mutants.ts";
import { scoresOf } from "../../tools/mutate/scores.ts";
import { unitTestsFor } from "../../tools/mutate/unit-tests.ts";

/** What becomes of a line. */
function becomes(text: string): string[] {
  return mutantsOf("src/a.ts", text).map((mutant) => mutated(text, mutant));
}

describe("a mutant", () => {
  test.each([
    ["a comparison", "x = a < b", ["x = a <= b", "x = a > b"]],
    ["a number", "x = 3", ["x = 4", "x = 6"]],
    ["a word of PromQL", 'x = "unless"', ['x = "and"', 'x = "or"']],
    ["a time", 'x = "5m"', ['x = "10m"']],
    ["a label", 'x = "tier"', ['x = "tierx"']],
    ["an element", "x = [a, b, c]", ["x = [b, c]", "x = [a, c]", "x = [a, b]"]],
    ["a property", "x = { a, b }", ["x = { b }", "x = { a }"]],
    ["a condition", "x = a ? b : c", ["x = !(a) ? b : c"]],
    ["a call", "x = a.f(b, c)", ["x = a", "x = b", "x = c", "x = a.f(b)"]],
    ["both of two", "x = a && b", ["x = a || b"]],
  ])("changes %s", (_, text, all) => {
    expect(becomes(text)).toEqual(all);
  });

  test.each(['import a from "b"', 'x = "some prose"', "let a: 3", "throw new Error(a)"])(
    "is not made of %s",
    (text) => {
      expect(becomes(text)).toEqual([]);
    },
  );
});

// Nothing is compared if they do not.
test("the declarations in which mutants are looked for build, each with rules", () => {
  const built = builtCorpus();
  expect(built.length).toBeGreaterThan(20);
  expect(built.filter(({ rules }) => rules.groups.length === 0)).toEqual([]);
});

test("a seed gives one order, and another seed another", () => {
  const all = mutantsOf("src/a.ts", "x = [1, 2, 3, 4, 5, 6, 7, 8]");
  expect(shuffled(all, 1)).toEqual(shuffled(all, 1));
  expect(shuffled(all, 1)).not.toEqual(shuffled(all, 2));
  expect(new Set(shuffled(all, 1))).toEqual(new Set(all));
});

const file = (...rules: Rule[]): RuleFile => ({ groups: [{ name: "g", interval: "30s", rules }] });
const ratio: Rule = { record: "slo:ratio", expr: "a / b" };
const page: Rule = { alert: "Page", expr: "slo:ratio > 1" };
const broken = (reason: string): Rule => ({ alert: "Broken", expr: "x", labels: { reason } });

describe("tests that are played on a mutant", () => {
  test("ask for an alert that reads what has changed, at second hand too", () => {
    const after = file({ ...ratio, expr: "a / c" }, page, { alert: "Held", expr: 'y unless ALERTS{alertname="Page"}' });
    const changed = changedRules(file(ratio, page), after);
    expect(changed).toEqual(["Held", "slo:ratio"]);
    expect([...affectedAlerts(["slo:ratio"], [after])]).toEqual(["slo:ratio", "Page", "Held"]);
  });

  test("tell alerts of one name apart by their reasons", () => {
    const tests = ["gap", "fall"].map((reason) => ({
      name: reason,
      promql_expr_test: [{ eval_time: "1h30m", expr: `ALERTS{alertname="Broken", reason="${reason}"}` }],
    }));
    const names = changedRules(file(broken("gap"), broken("fall")), file(broken("gap")));
    expect(testsThatAsk(tests, new Set(names)).map(({ name }) => name)).toEqual(["fall"]);
  });

  test("begin with the shortest", () => {
    const at = (eval_time: string) => ({
      name: eval_time,
      promql_expr_test: [{ eval_time, expr: 'ALERTS{alertname="Page"}' }],
    });
    const asked = testsThatAsk([at("2h"), at("1h30m"), at("90s")], new Set(["Page"]));
    expect(asked.map(({ name }) => name)).toEqual(["90s", "1h30m", "2h"]);
  });

  test("do not ask where only texts are others", () => {
    expect(changedRules(file(page), file({ ...page, annotations: { summary: "other" } }))).toEqual([]);
  });
});

test("unit tests of the same name start engines, and no others", () => {
  const tests = [
    "test/sli/kinds/composite.test.ts",
    "test/compile/slo/alerts/burn.test.ts",
    "test/compile/slo/windows/slices.test.ts",
  ];
  const engines = (path: string) => unitTestsFor(path, tests).slow?.paths;
  expect(engines("src/compile/slo/alerts/burn-alerts.ts")).toEqual(["test/compile/slo/alerts/burn.test.ts"]);
  expect(engines("src/sli/kinds/composite.ts")).toEqual(["test/sli/kinds/composite.test.ts"]);
  expect(engines("src/compile/slo/windows/tiles.ts")).toBeUndefined();
});

test("survivors without effect are counted apart", () => {
  const [mutant] = mutantsOf("src/a.ts", "x = 3") as [Mutant];
  const scores = scoresOf([
    { mutant, by: "own", changed: ["plain/bad"] },
    { mutant, by: "unit", changed: [] },
    { mutant, changed: ["plain/bad"] },
    { mutant, changed: [] },
  ]);
  expect(scores).toMatchObject({ mutants: 4, own: 1, unit: 1, survived: 2, withoutEffect: 1 });
  expect(scores).toMatchObject({ score: 50, scoreOfEffects: 66.7, scoreOfGeneratedTests: 50 });
});
