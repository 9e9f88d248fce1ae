/** Whether the ruler takes what is made for it. Rules of an SLO are spread over as many groups as they need. */
import { groupsOf, type Plan } from "../../compile/plan.ts";
import { type Issue, issue } from "../../issue.ts";
import type { Check } from "../check.ts";

export const rulerLimits: Check = {
  name: "ruler-limits",
  check: checkGroups,
};

function checkGroups(plan: Plan): Issue[] {
  const limit = plan.platform.ruler.groups;
  if (limit === undefined) return [];
  const groups = plan.services.flatMap(groupsOf).length;
  if (groups <= limit) return [];
  const hint =
    "Raise the limit (Mimir: ruler_max_rule_groups_per_tenant), spread services over tenants, or drop SLOs that nobody would act on.";
  return [
    issue(
      "too-many-groups",
      ["platform", "ruler", "groups"],
      `there are ${groups} rule groups, and the ruler takes ${limit}.`,
      hint,
    ),
  ];
}
