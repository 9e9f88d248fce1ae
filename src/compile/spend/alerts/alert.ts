/** What all alerts of a budget share: labels, links and texts. */
import type { Text } from "../../../declare/declaration.ts";
import type { Platform, Severity, SpendBudget } from "../../../model/service.ts";
import type { Expr } from "../../../promql/ast.ts";
import { linkAnnotations, silenceAnnotations, withoutKeys } from "../../annotations/alert-fields.ts";
import type { AlertingRule } from "../../plan.ts";
import type { SpendMeasure } from "../measure.ts";
import { spendLabels } from "../names.ts";

/** What every alert of one budget is made from. */
export interface SpendContext {
  readonly budget: SpendBudget;
  readonly platform: Platform;
  readonly measure: SpendMeasure;
  readonly links: { readonly runbook: string | undefined; readonly dashboard: string | undefined };
}

interface SpendAlertFields {
  readonly name: string;
  readonly tier: string;
  readonly severity: Severity;
  readonly expr: Expr;
  readonly comment?: string;
  readonly summary: Text;
  readonly description: Text;
  readonly forSeconds: number;
  readonly keepFiringForSeconds?: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** An alerting rule. Nothing in its labels changes while it fires. */
export function spendAlert(parts: SpendAlertFields, { budget, platform, links }: SpendContext): AlertingRule {
  const own = { tier: parts.tier, severity: platform.severities[parts.severity], owner: budget.owner, ...parts.labels };
  return {
    type: "alert",
    alert: parts.name,
    severity: parts.severity,
    ...(parts.comment === undefined ? {} : { comment: parts.comment }),
    expr: parts.expr,
    forSeconds: parts.forSeconds,
    keepFiringForSeconds: parts.keepFiringForSeconds ?? 0,
    labels: { ...spendLabels(budget), ...own, ...withoutKeys(budget.labels, own) },
    annotations: {
      ...{ summary: parts.summary, description: parts.description },
      ...linkAnnotations(parts.name, links),
      ...silenceAnnotations(budget.by),
    },
  };
}
