/** One budget to its plan. */
import type { Platform, SpendBudget } from "../../model/service.ts";
import { spendLink } from "../annotations/dashboard-links.ts";
import { fitGroups } from "../fit-groups.ts";
import { type SpendPlan, sentAlerts } from "../plan.ts";
import type { SpendContext } from "./alerts/alert.ts";
import { spendMeasure } from "./measure.ts";
import { ruleGroups } from "./rule-groups.ts";

export function compileSpend(budget: SpendBudget, platform: Platform): SpendPlan {
  const measure = spendMeasure(budget, platform);
  const links = { runbook: budget.runbook, dashboard: spendLink(budget, platform) };
  const context: SpendContext = { budget, platform, measure, links };
  const groups = ruleGroups(context).flatMap((each) => fitGroups(each, platform.ruler.rulesPerGroup));
  return { budget, measure, groups, alerts: sentAlerts(groups), groupLabels: measure.base.by, links };
}
