/** What decides a generated test is played, and the rest left out. */
import { expect, test } from "vitest";
import type { Expectations, Rule } from "../../src/play/rules-read.ts";
import { rulesRead } from "../../tools/rules-read.ts";

const ofSlo = (slo: string): Rule[] => [
  { record: "base", expr: "requests_total", labels: { slo } },
  { record: "ratio", expr: `base{slo="${slo}"} / 2`, labels: { slo } },
  { alert: "Burns", expr: `ratio{slo="${slo}"} > 0.1`, labels: { slo } },
  { alert: "Broken", expr: `absent(base{slo="${slo}"})`, labels: { slo, by: "{{ $labels.model }}" } },
];
const rules = [...ofSlo("a"), ...ofSlo("b"), { record: "open", expr: "ratio * 2" }];

test.each<[query: string, read: readonly string[]]>([
  ['ALERTS{alertname="Burns", slo="a"}', ["a base", "a ratio", "a Burns"]],
  ['count(ALERTS_FOR_STATE{alertname=~"B.*", slo="b"})', ["b base", "b ratio", "b Burns", "b Broken"]],
  ['ALERTS{alertname="Broken", by="small", slo="a"}', ["a base", "a Broken"]],
  ['ALERTS{slo!="a", alertname!="Burns"}', ["b base", "b Broken"]],
  ['max_over_time(base{slo="a"}[5m])', ["a base"]],
  ['open{slo="a"}', ["a base", "a ratio", "b base", "b ratio", "open"]],
  ['{__name__=~"rat.*", slo="a"}', ["a base", "a ratio"]],
  ['vector(1) + on () requests_total{slo="a"}', []],
])("%s reads %j", (expr, read) => {
  expect(readIn(rules, { promql_expr_test: [{ expr }] })).toEqual(read);
});

const everything = rules.map(nameOf);

test.each([
  ["that does not parse", "base{slo="],
  ["with a pattern that is refused", 'base{slo=~"("}'],
  ["that joins what it does not name", "info(base)"],
])("an expression %s reads everything, since nobody knows", (_what, expr) => {
  expect(readIn(rules, { promql_expr_test: [{ expr }] })).toEqual(everything);
});

test.each([["[[:alpha:]]"], ["(?i)A"], ["\\\\pL"], ["\\\\Qa\\\\E"]])(
  "the pattern %s means something else in JavaScript, and may be anything",
  (pattern) => {
    expect(readIn(rules, { promql_expr_test: [{ expr: `base{slo=~"${pattern}"}` }] })).toEqual(["a base", "b base"]);
  },
);

test("an alert that is expected is read by its name, with what it reads", () => {
  const read = readIn(rules, { alert_rule_test: [{ alertname: "Broken" }] });
  expect(read).toEqual(["a base", "a Broken", "b base", "b Broken"]);
});

test("labels of a group are labels of its rules, except where they have their own", () => {
  const [base, other] = [
    { record: "base", expr: "x" },
    { record: "other", expr: "x", labels: { slo: "b" } },
  ];
  const group = { name: "all", labels: { slo: "a" }, rules: [base, other] };
  const read = (expr: string) =>
    rulesRead({ groups: [group] }, { promql_expr_test: [{ expr }] }).groups.flatMap((each) => each.rules);
  expect(read('{slo="a"}')).toEqual([base]);
  expect(read('{slo="b"}')).toEqual([other]);
});

const asking = { slo: "c", of: '{{ with query "ratio" }}x{{ end }}' };

test("a label whose template asks reads everything", () => {
  const all = [...rules, { alert: "Asks", expr: "x", labels: asking }];
  const read = readIn(all, { promql_expr_test: [{ expr: 'ALERTS{alertname="Asks"}' }] });
  expect(read).toEqual([...everything, "c Asks"]);
});

test("an annotation whose template asks reads everything only where annotations are expected", () => {
  const all = [...rules, { alert: "Asks", expr: "x", annotations: asking }];
  expect(readIn(all, { alert_rule_test: [{ alertname: "Asks" }] })).toEqual([...everything, "Asks"]);
  expect(readIn(all, { promql_expr_test: [{ expr: 'ALERTS{alertname="Asks"}' }] })).toEqual(["Asks"]);
});

function readIn(rules: readonly Rule[], test: Expectations): string[] {
  const { groups } = rulesRead({ groups: [{ name: "all", rules }] }, test);
  return groups.flatMap((group) => group.rules).map(nameOf);
}

function nameOf({ record, alert, labels }: Rule): string {
  return [labels?.slo, record ?? alert].filter(Boolean).join(" ");
}
