/** The rules of the declarations in a server: whether they are loaded, run in time, and without errors. */
import { wholeOf } from "../compile/fit-groups.ts";
import { groupsOf, type Plan, type RuleGroup } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import { printSeconds } from "../promql/duration.ts";
import type { EvaluatedGroup } from "./loaded-groups.ts";

/** Whether our rules are among those that it has loaded, run, and are fresh. */
export function examineRules(plan: Plan, groups: readonly EvaluatedGroup[]): Issue[] {
  const wanted = plan.services.flatMap(groupsOf).filter((group) => group.rules.length > 0);
  const names = new Set(wanted.map(({ name }) => name));
  const loaded = groups.filter(({ name }) => wholeOf(name, names) !== undefined);
  const found = new Set(loaded.map(({ name }) => wholeOf(name, names)));
  const missing = wanted.filter(({ name }) => !found.has(name));
  return [
    ...notLoaded(missing, wanted),
    ...loaded.flatMap(unhealthy),
    ...loaded.flatMap(stale),
    ...loaded.flatMap(late),
  ];
}

function notLoaded(missing: readonly RuleGroup[], wanted: readonly RuleGroup[]): Issue[] {
  const [first] = missing;
  if (!first) return [];
  const how =
    missing.length === wanted.length
      ? "none of the rule groups is"
      : `${missing.length} of ${wanted.length} rule groups are not`;
  return [
    issue(
      "rules-not-loaded",
      ["--prometheus"],
      `${how} loaded, such as ${first.name}.`,
      "Add generated/prometheus/*.rules.yaml to rule_files, and reload.",
    ),
  ];
}

function unhealthy({ name, rules: all }: EvaluatedGroup): Issue[] {
  return all
    .filter(({ health }) => health === "err")
    .map((rule) =>
      issue(
        "rule-fails",
        ["--prometheus"],
        `${rule.name} of ${name} fails: ${rule.lastError ?? ""}`,
        "Look at the series that it reads: two that differ in a label that the rule does not know are the usual reason.",
      ),
    );
}

function stale({ name, interval, lastEvaluation }: EvaluatedGroup): Issue[] {
  const age = (Date.now() - Date.parse(lastEvaluation)) / 1000;
  // A group that was never evaluated has the year 1.
  if (!Number.isFinite(age) || age < Math.max(120, 4 * interval) || lastEvaluation.startsWith("0001")) return [];
  return [
    issue(
      "rules-stale",
      ["--prometheus"],
      `${name} was last evaluated ${printSeconds(Math.round(age))} ago.`,
      "Check whether the server is overloaded: prometheus_rule_group_iterations_missed_total.",
    ),
  ];
}

/** A group that takes longer than its interval misses the evaluations in between. */
function late({ name, interval, evaluationTime = 0 }: EvaluatedGroup): Issue[] {
  if (evaluationTime <= interval) return [];
  // Rounded up: it is longer than the interval.
  const took = printSeconds(Math.ceil(evaluationTime));
  return [
    issue(
      "rules-late",
      ["--prometheus"],
      `the last evaluation of ${name} took ${took}, and one is due every ${printSeconds(interval)}: evaluations are missed, and alerts come late.`,
      `Check whether the server is overloaded. If not, group by fewer labels${name.includes(":slow") ? "" : " or declare a longer `evaluationInterval`"}, or run the rules on a server of their own.`,
    ),
  ];
}
