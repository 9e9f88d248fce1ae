/** What all alerts of a budget share: labels, links and texts. */

import type { Platform, SpendBudget } from "../../../model/service.ts";
import { type AlertFields, alertOf, withoutKeys } from "../../alerting-rule.ts";
import { spendLabels } from "../../names.ts";
import type { AlertingRule } from "../../plan.ts";
import type { SpendMeasurement } from "../spend-measurement.ts";

/** What every alert of one budget is made from. */
export interface SpendContext {
  readonly budget: SpendBudget;
  readonly platform: Platform;
  readonly measurement: SpendMeasurement;
  readonly links: { readonly runbook: string | undefined; readonly dashboard: string | undefined };
}

/** An alert of this budget. */
export function spendAlert(fields: AlertFields, { budget, platform, links }: SpendContext): AlertingRule {
  const { owner, labels: declared } = budget;
  const labels = { ...fields.labels, ...withoutKeys(declared, fields.labels ?? {}) };
  return alertOf(fields, { id: spendLabels(budget), owner, labels, links, groupBy: budget.by }, platform);
}
