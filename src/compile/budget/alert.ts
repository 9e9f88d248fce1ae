/** What all alerts of a budget share: labels, links and texts. */
import type { Text } from "../../model/declaration.ts";
import type { Budget, Platform, Severity } from "../../model/service.ts";
import type { Expr } from "../../promql/ast.ts";
import type { AlertingRule } from "../plan.ts";
import type { BudgetMeasure } from "./measure.ts";
import { budgetLabels, SCOPE } from "./names.ts";

/** What every alert of one budget is made from. */
export interface BudgetContext {
  readonly budget: Budget;
  readonly platform: Platform;
  readonly measure: BudgetMeasure;
  readonly links: { readonly runbook: string | undefined; readonly dashboard: string | undefined };
}

interface BudgetAlertParts {
  readonly name: string;
  readonly tier: string;
  readonly severity: Severity;
  readonly expr: Expr;
  readonly summary: Text;
  readonly description: Text;
  readonly forSeconds: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** An alerting rule. Nothing in its labels changes while it fires. */
export function budgetAlert(parts: BudgetAlertParts, { budget, platform, links }: BudgetContext): AlertingRule {
  const severity = platform.severities[parts.severity];
  return {
    type: "alert",
    alert: parts.name,
    severity: parts.severity,
    expr: parts.expr,
    forSeconds: parts.forSeconds,
    keepFiringForSeconds: 0,
    labels: {
      ...budget.labels,
      ...parts.labels,
      ...budgetLabels(budget),
      tier: parts.tier,
      severity,
      owner: budget.owner,
    },
    annotations: { summary: parts.summary, description: parts.description, ...urls(links) },
  };
}

/** ` of model "gpt-4"` in a template: empty for the limit over everything. */
export function ofScope({ budget, measure }: BudgetContext): string {
  const identity = measure.base.identity.map((label) => ` in ${label} "{{ $labels.${label} }}"`).join("");
  if (budget.by.length === 0) return identity;
  const values = budget.by.map((label) => `${label} "{{ $labels.${label} }}"`).join(", ");
  return `{{ if eq $labels.${SCOPE} "each" }} of ${values}{{ end }}${identity}`;
}

function urls({ runbook, dashboard }: BudgetContext["links"]): Record<string, Text> {
  return {
    ...(runbook === undefined ? {} : { runbook_url: runbook }),
    ...(dashboard === undefined ? {} : { dashboard_url: dashboard }),
  };
}
