/** One budget to its plan. */
import type { Platform, SpendBudget } from "../../model/service.ts";
import { spendLink } from "../annotations/dashboard-links.ts";
import { fitGroups } from "../fit-groups.ts";
import { type SpendPlan, sentAlerts } from "../plan.ts";
import type { SpendContext } from "./alerts/alert.ts";
import { ruleGroups } from "./rule-groups.ts";
import { spendMeasurement } from "./spend-measurement.ts";

export function compileSpend(budget: SpendBudget, platform: Platform): SpendPlan {
  const measurement = spendMeasurement(budget, platform);
  const links = { runbook: budget.runbook, dashboard: spendLink(budget, platform) };
  const context: SpendContext = { budget, platform, measurement, links };
  const groups = ruleGroups(context).flatMap((each) => fitGroups(each, platform.ruler.rulesPerGroup));
  return { budget, measurement, groups, alerts: sentAlerts(groups), groupLabels: measurement.base.by, links };
}
