/** When each alert of a budget was firing, and how urgent it is. */
import { budgetLabels } from "../../compile/budget/names.ts";
import type { BudgetPlan, SentAlert } from "../../compile/plan.ts";
import type { Expr } from "../../promql/ast.ts";
import { aggregate, binary, call, chain, number, selector } from "../../promql/build.ts";
import type { PanelBody } from "./model.ts";
import { BAD, CAREFUL, GOOD, NEUTRAL, steps, URGENCY, urgencyMapping, WORSE } from "./palette.ts";
import { stateTimeline } from "./panels.ts";

export function spendTimeline(plan: BudgetPlan): PanelBody {
  return stateTimeline({
    title: "Alerts over time",
    description: "When each alert of this budget was pending or firing, for any of its limits.",
    queries: plan.alerts.map((alert) => ({ expr: urgencyOf(plan, alert), legend: alert.alert.replace(/^Budget/, "") })),
    unit: "none",
    thresholds: steps(
      [GOOD, CAREFUL, NEUTRAL, WORSE, BAD],
      [URGENCY.pending, URGENCY.info, URGENCY.ticket, URGENCY.page],
    ),
    mappings: [urgencyMapping],
    stepSeconds: plan.measure.tileSeconds,
  });
}

function urgencyOf(plan: BudgetPlan, { alert, severity }: SentAlert): Expr {
  const active = (alertstate: string, urgency: number): Expr => {
    const alerts = selector("ALERTS", { ...budgetLabels(plan.budget), alertname: alert, alertstate });
    return binary("*", aggregate("max", [], alerts), number(urgency));
  };
  const quiet = call("vector", number(URGENCY.quiet));
  return chain("or", active("firing", URGENCY[severity]), active("pending", URGENCY.pending), quiet);
}
