/** Whether the ruler takes what is made for it: Mimir refuses a group of more than 20 rules. */
import type { Plan, SloPlan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import type { Check } from "./check.ts";
import { tooManyRules } from "./shared.ts";
import { sloIssue, slosOf } from "./walk.ts";

export const rulerLimits: Check = {
  name: "ruler-limits",
  check: (plan) => [...slosOf(plan).flatMap((slo) => checkRules(slo, plan)), ...checkGroups(plan)],
};

function checkRules(slo: SloPlan, plan: Plan): Issue[] {
  const at = slo.slo.alerting.tiers ? ["alerting", "tiers"] : [];
  return tooManyRules(plan, slo.groups, { at, fewer: "Declare fewer tiers" }).map((found) => sloIssue(slo, found));
}

function checkGroups(plan: Plan): Issue[] {
  const limit = plan.platform.ruler.groups;
  const all = plan.services.flatMap(({ slos, budgets, experiments }) => [...slos, ...budgets, ...experiments]);
  const groups = all.reduce((sum, { groups: own }) => sum + own.length, 0);
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
