/** One budget to its plan. */
import type { Budget, Platform } from "../../model/service.ts";
import { budgetLink } from "../dashboard-links.ts";
import { fitGroups } from "../fit-groups.ts";
import { type BudgetPlan, sentAlerts } from "../plan.ts";
import type { BudgetContext } from "./alert.ts";
import { budgetMeasure } from "./measure.ts";
import { ruleGroups } from "./rule-groups.ts";

export function compileBudget(budget: Budget, platform: Platform): BudgetPlan {
  const measure = budgetMeasure(budget, platform);
  const links = { runbook: budget.runbook, dashboard: budgetLink(budget, platform) };
  const context: BudgetContext = { budget, platform, measure, links };
  const groups = ruleGroups(context).flatMap((each) => fitGroups(each, platform.ruler.rulesPerGroup));
  return { budget, measure, groups, alerts: sentAlerts(groups), groupLabels: measure.base.by, links };
}
