/** Everything that the runbook of a budget says, as values for its template. */

import type { BudgetPlan, Plan, ServicePlan } from "../../compile/plan.ts";
import { canForget } from "../../compile/spend/broken.ts";
import {
  budgetLabels,
  budgetRecords,
  increaseRecord,
  limitRecord,
  periodRecord,
  perUserRecord,
  unitCostRecord,
} from "../../compile/spend/names.ts";
import { explainBudget } from "../../explain/spend.ts";
import { call, over, selector, sumBy } from "../../promql/build.ts";
import { HOUR_MS } from "../../promql/duration.ts";
import { print } from "../../promql/print.ts";
import { isAi } from "./is-ai.ts";
import { needsOf } from "./switches.ts";

type Rows = readonly (readonly string[])[];

/** The template's input: declared text is raw here and escaped by the template's helpers. */
export interface BudgetRunbook {
  readonly service: string;
  readonly name: string;
  readonly id: string;
  readonly description: string | undefined;
  readonly facts: Rows;
  readonly limitHead: string;
  readonly thresholdHead: string;
  readonly limits: Rows;
  readonly alerts: Rows;
  readonly inexact: Rows;
  readonly by: string | undefined;
  /** Whether models are what is paid for. */
  readonly ai: boolean;
  readonly dashboard: string | undefined;
  readonly runbook: string | undefined;
  readonly reasons: readonly Reason[];
  readonly queries: readonly { readonly what: string; readonly query: string }[];
}

interface Reason {
  readonly reason: string;
  readonly meaning: string;
  readonly action: string;
}

export function budgetRunbookOf(plan: Plan, service: ServicePlan, budgetPlan: BudgetPlan): BudgetRunbook {
  const { budget, groupLabels, links } = budgetPlan;
  const { sections } = explainBudget(plan, budgetPlan);
  const section = (title: string) => sections.find((each) => each.title === title);
  const [, limitHead = "", , , thresholdHead = ""] = section("Limits")?.head ?? [];
  return {
    service: budget.service,
    name: budget.name,
    id: budget.id,
    description: budget.description,
    facts: section("Budget")?.rows ?? [],
    limitHead,
    thresholdHead,
    limits: section("Limits")?.rows ?? [],
    alerts: section("Alerts")?.rows ?? [],
    inexact: section("What is inexact")?.rows ?? [],
    ai: isAi(service),
    by: groupLabels.length === 0 ? undefined : groupLabels.join(", "),
    dashboard: links.dashboard,
    runbook: links.runbook,
    reasons: reasonsOf(budgetPlan),
    queries: queriesOf(budgetPlan),
  };
}

function reasonsOf({ budget, measure, groups }: BudgetPlan): Reason[] {
  const { neverAnyData, ...others } = REASONS;
  const action = [neverAnyData.action, ...needsOf(groups)].join(" ");
  return [
    { ...neverAnyData, action },
    others.evaluationsMissed,
    ...(budget.by.length > 0 ? [others.byLabelMissing] : []),
    ...(Object.keys(budget.limits).length > 0 ? [others.limitNeverSeen] : []),
    ...(canForget(measure) ? [others.gap] : []),
    ...(budget.meter.type === "prices" ? [others.unpriced] : []),
    ...(budget.requests ? [others.costNotCounted] : []),
  ];
}

const REASONS = {
  neverAnyData: {
    reason: "never-any-data",
    meaning: "The metric has had no series for a day.",
    action: "Look for its name at the exporter, and at the targets; correct the declaration.",
  },
  evaluationsMissed: {
    reason: "evaluations-missed",
    meaning:
      "Over a twentieth of the last six hours' evaluations did not take place, and what was spent then is missing.",
    action: "Look at the ruler's missed iterations and its load; add the provider's own figure for the gap.",
  },
  byLabelMissing: {
    reason: "by-label-missing",
    meaning:
      "No series has a label of `by`: everything is one nameless part, and limits of parts are compared with nothing.",
    action: "Most often it is misspelt in `by`: compare it with a series that the target exposes.",
  },
  limitNeverSeen: {
    reason: "limit-never-seen",
    meaning: "A value has a limit in `limits`, and nothing has spent by that name within a week.",
    action:
      "Most often it is misspelt: compare it with the values that spend. Remove it where nobody uses it any more.",
  },
  gap: {
    reason: "gap",
    meaning: "The rules were not evaluated for over three days, and the period's sum began anew: it is too low.",
    action: "Look why the ruler stood still; until the period ends, add what the provider says was spent before.",
  },
  unpriced: {
    reason: "unpriced-model",
    meaning: "A model uses tokens and the price table does not know it: it counts as free.",
    action: "Add its prices to the declaration. What it has used until then stays uncounted.",
  },
  costNotCounted: {
    reason: "cost-not-counted",
    meaning: "Requests flow, and none of them has cost anything for an hour.",
    action: "Look at what computes the cost: a new model name, a price that is missing, an exporter that stands still.",
  },
} as const;

function queriesOf({ budget, groupLabels }: BudgetPlan): BudgetRunbook["queries"] {
  const series = (record: string): string => print(selector(record, budgetLabels(budget)));
  const lastHour = (by: readonly string[]): string =>
    print(sumBy(by, call("sum_over_time", over(selector(increaseRecord(budget), budgetLabels(budget)), HOUR_MS))));
  const unit = budget.requests || budget.tokens || budget.unitCost.per1kTokens !== undefined;
  return [
    { what: "Share of every limit that is spent", query: series(budgetRecords.used) },
    { what: "Spent in the period so far", query: series(periodRecord(budget)) },
    { what: "Spent in the last hour, in all", query: lastHour([]) },
    ...(budget.by.length === 0 ? [] : [{ what: "Spent in the last hour, by value", query: lastHour(groupLabels) }]),
    { what: "The limits", query: series(limitRecord(budget)) },
    ...(unit ? [{ what: "What a request or 1k tokens cost", query: series(unitCostRecord(budget)) }] : []),
    ...(budget.activeUsers
      ? [{ what: "What an active user costs on average", query: series(perUserRecord(budget)) }]
      : []),
    { what: "Share of the last six hours' evaluations that took place", query: series(budgetRecords.coverage) },
  ];
}
