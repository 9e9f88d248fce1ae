/** The error budget of every group, where groups have objectives of their own. */
import type { GroupObjective, Slo } from "../../../model/service.ts";
import type { Expr, Matcher } from "../../../promql/ast.ts";
import { aggregate, binary, call, chain, number, over, selector } from "../../../promql/build.ts";
import { escapeRegex } from "../../../promql/regex.ts";
import { errorRatioRecord, idLabels, records } from "../../names.ts";
import type { RecordingRule } from "../../plan.ts";
import { isPerGroup } from "../../tiers/objectives.ts";
import type { SloContext } from "../alert.ts";

/** Every group's error budget, for as long as the period holds something of it. */
export function groupBudgetRules({ slo, measurement }: SloContext): RecordingRule[] {
  if (!isPerGroup(slo)) return [];
  const labels = idLabels(slo);
  const range = Math.max(600, 2 * measurement.totalEverySeconds) * 1000;
  const counted = call("last_over_time", over(selector(records.total, labels), range));
  const inPeriod = selector(errorRatioRecord(slo.windowSeconds), labels);
  return [
    {
      type: "record",
      record: records.group,
      expr: aggregate("group", measurement.groupLabels, binary("or", counted, inPeriod)),
      labels,
      comment: "1 for every group that was counted lately, or has traffic in the period.",
    },
    {
      type: "record",
      record: records.errorBudget,
      expr: chain("or", ...budgets(slo)),
      labels,
      comment: "The error budget of every group: those with an objective of their own first, then all others.",
    },
  ];
}

/** Groups that are listed by one label and have the same objective are one line. */
function budgets(slo: Slo): Expr[] {
  const known = (matchers: readonly Matcher[]): Expr => {
    const group = selector(records.group, idLabels(slo));
    return { ...group, matchers: [...group.matchers, ...matchers] };
  };
  const lines = new Map<string, GroupObjective[]>();
  for (const each of slo.objectives) {
    const labels = Object.keys(each.match);
    const key = JSON.stringify(labels.length === 1 ? [labels, each.errorBudget] : each);
    lines.set(key, [...(lines.get(key) ?? []), each]);
  }
  const listed = [...lines.values()].map((all) => times(all[0]?.errorBudget ?? 0, known(matchersOf(all))));
  return [...listed, times(slo.errorBudget, known([]))];
}

function times(errorBudget: number, groups: Expr): Expr {
  return binary("*", number(errorBudget), groups);
}

function matchersOf(all: readonly GroupObjective[]): Matcher[] {
  const [first] = all;
  if (!first || all.length === 1)
    return Object.entries(first?.match ?? {}).map(([label, value]) => ({ label, op: "=", value }));
  const [label = ""] = Object.keys(first.match);
  const values = all.map(({ match }) => escapeRegex(match[label] ?? ""));
  return [{ label, op: "=~", value: values.join("|") }];
}
