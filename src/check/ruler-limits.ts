/** Whether the ruler takes what is made for it: Mimir refuses a group of more than 20 rules. */
import type { Plan, RuleGroup, SloPlan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import type { Check } from "./check.ts";
import { sloIssue, slosOf } from "./walk.ts";

/** What one SLO may cost, whatever the ruler takes. */
const RULES_PER_SLO = 20;

export const rulerLimits: Check = {
  name: "ruler-limits",
  check: (plan) => [
    ...slosOf(plan).flatMap((slo) => checkRules(slo, plan.platform.ruler.rulesPerGroup)),
    ...checkGroups(plan),
  ],
};

function checkRules(plan: SloPlan, perGroup: number): Issue[] {
  const large = plan.groups.find((group) => group.rules.length > perGroup);
  if (large)
    return [
      tooManyRules(plan, `the group ${large.name} has ${large.rules.length} rules, and the ruler takes ${perGroup}.`),
    ];
  const all = countRules(plan.groups);
  const most = Math.max(RULES_PER_SLO, perGroup);
  return all > most ? [tooManyRules(plan, `the SLO makes ${all} rules, and ${most} is the most.`)] : [];
}

function countRules(groups: readonly RuleGroup[]): number {
  return groups.reduce((sum, group) => sum + group.rules.length, 0);
}

function tooManyRules(plan: SloPlan, message: string): Issue {
  const hint = "Declare fewer tiers; where the ruler takes more, say so in the platform's ruler.rulesPerGroup.";
  return sloIssue(plan, {
    code: "too-many-rules",
    at: plan.slo.alerting.tiers ? ["alerting", "tiers"] : [],
    message,
    hint,
  });
}

function checkGroups(plan: Plan): Issue[] {
  const limit = plan.platform.ruler.groups;
  const groups = slosOf(plan).reduce((sum, slo) => sum + slo.groups.length, 0);
  if (limit === undefined || groups <= limit) return [];
  const hint =
    "Raise the limit (Mimir: ruler_max_rule_groups_per_tenant), spread services over tenants, or drop SLOs that nobody acts on.";
  return [
    issue(
      "too-many-groups",
      ["platform", "ruler", "groups"],
      `there are ${groups} rule groups, and the ruler takes ${limit}.`,
      hint,
    ),
  ];
}
