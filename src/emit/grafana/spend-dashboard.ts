/** Money and tokens: how much of every limit is spent, a section per budget, and what can be trusted. */
import { spendDashboardUid } from "../../compile/naming.ts";
import type { BudgetPlan, Plan } from "../../compile/plan.ts";
import type { Line, Section } from "./arrange.ts";
import { dashboard } from "./dashboard.ts";
import type { Dashboard } from "./model.ts";
import { shareGauge } from "./spend-panels.ts";
import { spendSection } from "./spend-section.ts";

/** All budgets of a plan. */
export function spendDashboard(plan: Plan): Dashboard {
  const budgets = plan.services.flatMap((service) => service.budgets);
  return dashboard({
    uid: spendDashboardUid,
    title: "Spend: budgets",
    description: "Every limit of every budget: what is spent of it, how fast, and whether it will last.",
    tags: ["spend"],
    from: "now-7d",
    variables: [],
    annotations: [],
    sections: [summary(budgets), ...budgets.map(spendSection)],
  });
}

function summary(budgets: readonly BudgetPlan[]): Section {
  const line: Line = {
    height: Math.min(4 + 2 * budgets.length, 12),
    panels: [{ name: "shares", width: 24, body: shareGauge(budgets) }],
  };
  return { name: "summary", lines: [line] };
}
