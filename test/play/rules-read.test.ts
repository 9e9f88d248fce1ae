/** What decides a generated test is played, and the rest left out. */
import { expect, test } from "vitest";
import { type Rule, rulesRead } from "../../src/play/rules-read.ts";

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
  const { groups } = rulesRead({ groups: [{ name: "all", rules }] }, { promql_expr_test: [{ expr }] });
  expect(groups.flatMap((group) => group.rules).map(nameOf)).toEqual(read);
});

function nameOf({ record, alert, labels }: Rule): string {
  return [labels?.slo, record ?? alert].filter(Boolean).join(" ");
}
