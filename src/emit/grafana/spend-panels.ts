/** Panels of a budget. All of them read what its rules recorded. */
import {
  budgetLabels,
  budgetRecords,
  increaseRecord,
  limitRecord,
  percent,
  periodName,
  periodRecord,
  unitCostRecord,
} from "../../compile/budget/names.ts";
import { hasForecast } from "../../compile/budget/pace.ts";
import { periodWords } from "../../compile/budget/words.ts";
import type { BudgetPlan } from "../../compile/plan.ts";
import type { Expr, Selector } from "../../promql/ast.ts";
import { aggregate, binary, call, number, over, selector, sumBy } from "../../promql/build.ts";
import { HOUR_MS } from "../../promql/duration.ts";
import type { Override, PanelBody } from "./model.ts";
import { BAD, CAREFUL, fixed, GOOD, NEUTRAL, steps, WORSE, whenEmpty } from "./palette.ts";
import { refId } from "./panel.ts";
import { barGauge, graph, type Measured, stat } from "./panels.ts";

const shareSteps = steps([GOOD, CAREFUL, WORSE, BAD], [0.5, 0.8, 1]);

/** Every limit of every budget, on its way. */
export function shareGauge(budgets: readonly BudgetPlan[]): PanelBody {
  const labels = [...new Set(budgets.flatMap(({ groupLabels }) => groupLabels))].sort();
  return barGauge({
    title: "Share of every limit that is spent",
    description: "Since its period began, or within its rolling one.",
    queries: [
      {
        expr: selector(budgetRecords.used),
        legend: ["{{slo_service}} / {{budget}}", ...labels.map((label) => `{{${label}}}`)].join(" "),
      },
    ],
    unit: "percentunit",
    decimals: 0,
    min: 0,
    max: 1,
    thresholds: shareSteps,
  });
}

/** What is spent in the period so far, over everything. */
export function spentStat(plan: BudgetPlan): PanelBody {
  return numberOf({
    title: `Spent this ${periodName(plan.budget)}`,
    description: `Over everything, ${periodWords(plan.budget)}.`,
    queries: [{ expr: inAll(plan), legend: "spent" }],
    unit: grafanaUnit(plan),
    decimals: 2,
  });
}

export function usedStat(plan: BudgetPlan): PanelBody {
  return numberOf({
    title: "Highest share of a limit",
    description: "Of all its limits the one that is nearest to its end.",
    queries: [{ expr: aggregate("max", [], recorded(plan, budgetRecords.used)), legend: "used" }],
    unit: "percentunit",
    decimals: 1,
    thresholds: shareSteps,
  });
}

/** Undefined where the budget rolls: it has no end to come nearer. */
export function elapsedStat(plan: BudgetPlan): PanelBody | undefined {
  if (plan.measure.calendar === undefined) return undefined;
  return numberOf({
    title: "Of the period has passed",
    description: "Spend that runs ahead of this will not last.",
    queries: [{ expr: recorded(plan, budgetRecords.elapsed), legend: "elapsed" }],
    unit: "percentunit",
    decimals: 0,
  });
}

/** Undefined where there is none. */
export function forecastStat(plan: BudgetPlan): PanelBody | undefined {
  if (!hasForecast(plan.measure)) return undefined;
  return numberOf({
    title: "Forecast",
    description: "The share of the limit that is spent by the end of the period at the present pace.",
    queries: [{ expr: aggregate("max", [], recorded(plan, budgetRecords.forecast)), legend: "forecast" }],
    unit: "percentunit",
    decimals: 0,
    thresholds: steps([GOOD, CAREFUL, BAD], [0.9, 1]),
    mappings: [whenEmpty("none")],
  });
}

export function hourStat(plan: BudgetPlan): PanelBody {
  return numberOf({
    title: "In the last hour",
    description: "Over everything.",
    queries: [{ expr: lastHour(plan, []), legend: "last hour" }],
    unit: grafanaUnit(plan),
    decimals: 2,
  });
}

export function coverageStat(plan: BudgetPlan): PanelBody {
  return numberOf({
    title: "Coverage",
    description: "Share of the last six hours' evaluations that took place. What was not evaluated was not counted.",
    queries: [{ expr: recorded(plan, budgetRecords.coverage), legend: "coverage" }],
    unit: "percentunit",
    decimals: 1,
    thresholds: steps([BAD, GOOD], [0.95]),
  });
}

const OVERALL_LIMIT = "Dashed: the limit over everything, and the shares of it that alert.";
const NO_OVERALL_LIMIT = "No limit over everything is declared.";

/** The period going up to its limit, and beginning anew. */
export function periodGraph(plan: BudgetPlan): PanelBody {
  const { thresholds, limit } = plan.budget;
  const limited = limit !== undefined;
  return graph({
    title: `Spent ${periodWords(plan.budget)}${limited ? ", and the limit" : ""}`,
    description: `It rises until the period ends. ${limited ? OVERALL_LIMIT : NO_OVERALL_LIMIT}`,
    queries: [
      { expr: inAll(plan), legend: "spent" },
      ...(limited
        ? thresholds.map(({ at }) => ({
            expr: times(overallLimit(plan), at),
            legend: `${percent(at)}%`,
          }))
        : []),
    ],
    unit: grafanaUnit(plan),
    decimals: 2,
    min: 0,
    stepSeconds: plan.measure.tileSeconds,
    overrides: [
      coloured(0, NEUTRAL),
      ...(limited ? thresholds : []).map(({ at }, index) => dashed(index + 1, colourOf(at))),
    ],
    lines: { fillOpacity: 0 },
  });
}

/** Who spends. */
export function hourGraph(plan: BudgetPlan): PanelBody {
  const { by } = plan.budget;
  return graph({
    title: by.length === 0 ? "Spent in the hour before" : `Spent in the hour before, by ${by.join(", ")}`,
    description: "A sum over one hour at each point, by what the budget is told apart by.",
    queries: [{ expr: lastHour(plan, plan.groupLabels), legend: legendOf(plan, "everything") }],
    unit: grafanaUnit(plan),
    decimals: 2,
    min: 0,
    stepSeconds: plan.measure.tileSeconds,
    lines: { fillOpacity: 20, stacking: { mode: "normal", group: "A" }, lineWidth: 1 },
  });
}

/** Each limit of this budget. */
export function shareOfValues(plan: BudgetPlan): PanelBody {
  return barGauge({
    title: "Share of each limit",
    description: `Spent ${periodWords(plan.budget)} over what may be.`,
    queries: [{ expr: recorded(plan, budgetRecords.used), legend: legendOf(plan, "everything") }],
    unit: "percentunit",
    decimals: 0,
    min: 0,
    max: 1,
    thresholds: shareSteps,
  });
}

/** What a request or a thousand tokens cost, where that is counted. */
export function unitCostGraph(plan: BudgetPlan): PanelBody | undefined {
  const { requests, tokens, unitCost } = plan.budget;
  if (!requests && !tokens && unitCost.per1kTokens === undefined) return undefined;
  return graph({
    title: "What one costs",
    description: "Spend of the hour before over the requests, and over thousands of tokens, of that hour.",
    queries: [{ expr: recorded(plan, unitCostRecord(plan.budget)), legend: "{{unit}}" }],
    unit: grafanaUnit(plan),
    decimals: 4,
    min: 0,
    stepSeconds: plan.measure.tileSeconds,
    lines: { fillOpacity: 0 },
  });
}

function numberOf(panel: Measured): PanelBody {
  return stat({ thresholds: steps([NEUTRAL], []), mappings: [whenEmpty("nothing yet")], ...panel });
}

function inAll(plan: BudgetPlan): Expr {
  return aggregate("sum", [], recorded(plan, periodRecord(plan.budget)));
}

function recorded({ budget }: BudgetPlan, record: string): Selector {
  return selector(record, budgetLabels(budget));
}

function lastHour(plan: BudgetPlan, by: readonly string[]): Expr {
  return sumBy(by, call("sum_over_time", over(recorded(plan, increaseRecord(plan.budget)), HOUR_MS)));
}

/** The limit over everything is that of no value. */
function overallLimit(plan: BudgetPlan): Expr {
  const none = Object.fromEntries(plan.budget.by.map((label) => [label, ""]));
  return selector(limitRecord(plan.budget), { ...budgetLabels(plan.budget), ...none });
}

function times(expr: Expr, factor: number): Expr {
  return factor === 1 ? expr : binary("*", expr, number(factor));
}

function grafanaUnit({ budget }: BudgetPlan): string {
  return (
    { dollars: "currencyUSD", euros: "currencyEUR" }[budget.unit] ??
    (budget.unit === "tokens" ? "short" : `suffix: ${budget.unit}`)
  );
}

function legendOf({ groupLabels }: BudgetPlan, otherwise: string): string {
  return groupLabels.length === 0 ? otherwise : groupLabels.map((label) => `{{${label}}}`).join(" / ");
}

function colourOf(at: number): string {
  if (at >= 1) return BAD;
  return at >= 0.8 ? WORSE : CAREFUL;
}

function coloured(query: number, color: string): Override {
  return { matcher: { id: "byFrameRefID", options: refId(query) }, properties: [{ id: "color", value: fixed(color) }] };
}

function dashed(query: number, color: string): Override {
  const { matcher, properties } = coloured(query, color);
  const style = { id: "custom.lineStyle", value: { dash: [10, 10], fill: "dash" } };
  return { matcher, properties: [...properties, style, { id: "custom.lineWidth", value: 1 }] };
}
