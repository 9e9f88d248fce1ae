/**
 * A test in parts that have nothing to do with one another: no rule is read by two of them. Histories that do not meet share
 * a test; played as one, each evaluates its rules until the last of them is over, and a change of one plays all.
 */
import type { Expectations, Read, Reader, Rule } from "./rules-read.ts";
import { seriesRead } from "./series-read.ts";
import type { Kept, Test, TestText } from "./test-text.ts";

/** The rules that decide it, and where its series and questions are in the lists of the test. */
export interface Part {
  readonly read: Read;
  readonly kept: Kept;
}

/** Of a test of a file, by its place in it; undefined where it cannot be taken apart. */
export function partsOf(tests: TestText, index: number, readBy: Reader): Part[] | undefined {
  const test = tests.tests[index] ?? {};
  const asked = questionsOf(test).map((one) => ({ ...one, read: readBy(one.test) }));
  if (!tests.isDivisible(index) || asked.length === 0) return undefined;
  const parts = joined(asked).map((questions) => partOf(test, questions, readBy));
  return withOrphans(test, parts);
}

/** One expectation, and where it is. */
interface Question {
  readonly list: "promql_expr_test" | "alert_rule_test";
  readonly place: number;
  readonly test: Expectations;
}

function questionsOf({ promql_expr_test: queries = [], alert_rule_test: alerts = [] }: Test): Question[] {
  return [
    ...queries.map((one, place) => ({ list: "promql_expr_test", place, test: { promql_expr_test: [one] } }) as const),
    ...alerts.map((one, place) => ({ list: "alert_rule_test", place, test: { alert_rule_test: [one] } }) as const),
  ];
}

type Asked = Question & { readonly read: Read };

/** Those that read a rule in common, at any remove; those that read none are together. */
function joined(asked: readonly Asked[]): Question[][] {
  let parts: { readonly rules: ReadonlySet<Rule>; readonly questions: readonly Asked[] }[] = [];
  for (const one of asked) {
    const { rules } = one.read;
    const [near = [], far = []] = [true, false].map((is) => parts.filter((part) => meet(part.rules, rules) === is));
    const all = new Set([rules, ...near.map((part) => part.rules)].flatMap((each) => [...each]));
    parts = [...far, { rules: all, questions: [...near.flatMap(({ questions }) => questions), one] }];
  }
  return parts.map(({ questions }) => [...questions]);
}

function meet(one: ReadonlySet<Rule>, other: ReadonlySet<Rule>): boolean {
  return one.size === 0 ? other.size === 0 : [...other].some((rule) => one.has(rule));
}

/** A series that nobody reads may still be one that promtool refuses: it goes to the first part. */
function withOrphans({ input_series: series = [] }: Test, parts: readonly Part[]): Part[] {
  const orphans = [...series.keys()].filter((place) => parts.every(({ kept }) => !kept.input_series.has(place)));
  return parts.map(({ read, kept }, index) => {
    const input_series = new Set([...kept.input_series, ...(index === 0 ? orphans : [])]);
    return { read, kept: { ...kept, input_series } };
  });
}

function partOf(test: Test, questions: readonly Question[], readBy: Reader): Part {
  const placesIn = (list: Question["list"]) =>
    new Set(questions.filter((one) => one.list === list).map(({ place }) => place));
  const [queries, alerts] = [placesIn("promql_expr_test"), placesIn("alert_rule_test")];
  const own: Expectations = {
    promql_expr_test: test.promql_expr_test?.filter((_one, place) => queries.has(place)) ?? [],
    alert_rule_test: test.alert_rule_test?.filter((_one, place) => alerts.has(place)) ?? [],
  };
  const read = readBy(own);
  const names = test.input_series?.map(({ series }) => series) ?? [];
  const series = seriesRead(names, read, own);
  return { read, kept: { input_series: series, promql_expr_test: queries, alert_rule_test: alerts } };
}
