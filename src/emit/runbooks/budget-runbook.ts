/** Everything that the runbook of a budget says, as values for its template. */

import { alerts } from "../../compile/alert-names.ts";
import { severities } from "../../compile/audience.ts";
import {
  increaseRecord,
  limitRecord,
  periodRecord,
  perUserRecord,
  spendLabels,
  spendRecords,
  unitCostRecord,
} from "../../compile/names.ts";
import type { Plan, ServicePlan, SpendPlan } from "../../compile/plan.ts";
import { explainSpend } from "../../explain/spend.ts";
import type { Severity } from "../../model/service.ts";
import type { Expr } from "../../promql/ast.ts";
import { call, over, selector, sumBy } from "../../promql/build.ts";
import { HOUR_MS } from "../../time/units.ts";
import { type Reason, reasonsOf } from "./budget-reasons.ts";
import { type LiveQuery, liveQuery } from "./queries/live-query.ts";
import { silenceOf } from "./silence.ts";

type Rows = readonly (readonly string[])[];

/** The template's input: declared text is raw here and escaped by the template's helpers. */
export interface BudgetRunbook {
  readonly service: string;
  readonly name: string;
  readonly id: string;
  readonly description: string | undefined;
  readonly kind: string;
  readonly owner: string;
  /** What is counted, and over what period: a sentence. */
  readonly facts: string;
  readonly limitHeads: readonly string[];
  readonly limits: Rows;
  /** One per name, the most urgent first. */
  readonly alerts: readonly SpendAlertWords[];
  /** The first of them, for the first screen, and what the others are called. */
  readonly urgent: readonly SpendAlertWords[];
  readonly otherNames: readonly SpendAlertWords[];
  readonly inexact: Rows;
  readonly by: string | undefined;
  /** Whether models are what is paid for. */
  readonly ai: boolean;
  readonly dashboard: string | undefined;
  readonly look: readonly LiveQuery[];
  readonly where: readonly LiveQuery[];
  /** A command. */
  readonly silence: string;
  readonly queries: readonly LiveQuery[];
}

interface SpendAlertWords {
  readonly alert: string;
  readonly severity: Severity;
  readonly fires: string;
  readonly reasons: readonly Reason[];
}

export function budgetRunbookOf(plan: Plan, service: ServicePlan, budgetPlan: SpendPlan): BudgetRunbook {
  const { budget, groupLabels, links } = budgetPlan;
  const { look, where, others } = queriesOf(plan, budgetPlan);
  const { sections } = explainSpend(plan, budgetPlan);
  const section = (title: string) => sections.find((each) => each.title === title);
  const alerts = alertsOf(budgetPlan, section("Alerts")?.rows ?? []);
  return {
    service: budget.service,
    name: budget.name,
    id: budget.id,
    description: budget.description,
    kind: budget.kind,
    owner: budget.owner,
    facts: factsOf(section("Budget")?.rows ?? []),
    limitHeads: (section("Limits")?.head ?? []).map(capital),
    limits: section("Limits")?.rows ?? [],
    alerts,
    urgent: alerts.slice(0, ROWS),
    otherNames: alerts.slice(ROWS),
    inexact: section("What is inexact")?.rows ?? [],
    ai: service.service.ai,
    by: groupLabels.length === 0 ? undefined : groupLabels.join(", "),
    dashboard: links.dashboard,
    look,
    where,
    silence: silenceOf(spendLabels(budget), budgetPlan, plan),
    queries: others,
  };
}

/** More alerts than these are named below the table. */
const ROWS = 6;

/** "It counts dollars in x; its period is a day and starts at 00:00 UTC." */
function factsOf(rows: Rows): string {
  const of = (name: string): string => rows.find(([key]) => key === name)?.[1] ?? "";
  const users = of("per user") === "" ? "" : ` Per user: ${of("per user")}.`;
  return `It counts ${of("counts")}; its period is ${article(of("period"))} ${of("period")} and starts ${of("starts")}.${users}`;
}

function article(noun: string): string {
  return noun === "hour" ? "an" : "a";
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The rows of `explain`, one per name: what reasons distinguish has one sentence. */
function alertsOf(plan: SpendPlan, rows: Rows): SpendAlertWords[] {
  const named = plan.alerts.map(({ alert, severity }, index) => ({ alert, severity, fires: rows[index]?.[2] ?? "" }));
  const once = [...new Map(named.reverse().map((each) => [each.alert, each])).values()].reverse();
  const urgency = ({ severity }: { readonly severity: Severity }): number => severities.indexOf(severity);
  return once
    .map((each) =>
      each.alert === BROKEN ? { ...each, fires: BROKEN_FIRES, reasons: reasonsOf(plan) } : { ...each, reasons: [] },
    )
    .sort((a, b) => urgency(a) - urgency(b));
}

const BROKEN = alerts.spendBroken.name;
const BROKEN_FIRES = "when spending is not counted correctly; the label `reason` says how";

/** Those of the first screen, who spends, and the others. */
function queriesOf({ platform }: Plan, { budget, groupLabels }: SpendPlan) {
  const live = (title: string, expr: Expr): LiveQuery => liveQuery(title, expr, platform);
  const series = (title: string, record: string): LiveQuery => live(title, selector(record, spendLabels(budget)));
  const increase = over(selector(increaseRecord(budget), spendLabels(budget)), HOUR_MS);
  const lastHour = (by: readonly string[]): Expr => sumBy(by, call("sum_over_time", increase));
  const unit = budget.requests || budget.tokens || budget.unitCost.per1kTokens !== undefined;
  return {
    look: [
      series("Share of each limit spent", spendRecords.used),
      series("Spent this period", periodRecord(budget)),
      live("Spent in the last hour", lastHour([])),
    ],
    where:
      budget.by.length === 0
        ? []
        : [live(`Spent in the last hour, by ${groupLabels.join(" / ")}`, lastHour(groupLabels))],
    others: [
      series("The limits", limitRecord(budget)),
      ...(unit ? [series("Cost of a request or 1k tokens", unitCostRecord(budget))] : []),
      ...(budget.activeUsers ? [series("Average cost of an active user", perUserRecord(budget))] : []),
      series("Share of rule evaluations that ran in the last 6h", spendRecords.coverage),
    ],
  };
}
