/** What a request, and a thousand tokens, cost within the hour: a ratio of sums, and nothing where too little happened. */
import type { Expr } from "../../promql/ast.ts";
import { binary, call, chain, number, over, selector, sumBy, withLabel } from "../../promql/build.ts";
import { increments } from "../../sli/base.ts";
import type { AlertingRule } from "../plan.ts";
import { type BudgetContext, budgetAlert } from "./alert.ts";
import type { BudgetMeasure } from "./measure.ts";
import { tokenIncrements } from "./meter.ts";
import { budgetRecords, hourRecord, SCOPE, unitCostRecord } from "./names.ts";
import { idAnd } from "./sums.ts";
import { amountWords } from "./words.ts";

type Unit = "request" | "token";
const HOUR = 3600;

/** Requests and tokens since the last evaluation, told apart by the label `unit`. Undefined where neither is counted. */
export function unitIncrements(measure: BudgetMeasure): Expr | undefined {
  const parts = unitsOf(measure).map(([unit, expr]) => withLabel(expr, "unit", unit));
  return parts.length === 0 ? undefined : chain("or", ...parts);
}

/** How many there were within so many seconds. */
export function unitsWithin(measure: BudgetMeasure, unit: Unit, seconds: number): Expr {
  const series = over(selector(budgetRecords.units, { ...measure.base.id, unit }), seconds * 1000);
  return sumBy(idAnd(measure, measure.base.identity), call("sum_over_time", series));
}

/** Cost of one request and of a thousand tokens, told apart by the label `unit`. */
export function unitCost(measure: BudgetMeasure): Expr | undefined {
  const parts = unitsOf(measure).map(([unit]) => withLabel(costOf(measure, unit), "unit", NAMES[unit].label));
  return parts.length === 0 ? undefined : chain("or", ...parts);
}

/** One alert for both: too dear for half an hour. */
export function unitCostAlert(context: BudgetContext): AlertingRule[] {
  const { budget, measure } = context;
  const tooDear = unitsOf(measure).flatMap(([unit]) => {
    const limit = budget.unitCost[NAMES[unit].field];
    if (limit === undefined) return [];
    const cost = selector(unitCostRecord(budget), { ...measure.base.id, unit: NAMES[unit].label });
    return [
      { expr: binary(">", cost, number(limit)), words: `${amountWords(limit, budget.unit)} per ${NAMES[unit].label}` },
    ];
  });
  if (tooDear.length === 0) return [];
  return [
    budgetAlert(
      {
        name: "BudgetUnitCost",
        tier: "unit-cost",
        severity: "ticket",
        expr: chain("or", ...tooDear.map(({ expr }) => expr)),
        summary: { template: `A {{ $labels.unit }} of ${budget.id} costs too much.` },
        description: {
          template: `It cost {{ $value | humanize }} ${budget.unit} within the last hour; the limit is ${tooDear.map(({ words }) => words).join(", ")}.`,
        },
        forSeconds: HOUR / 2,
      },
      context,
    ),
  ];
}

const NAMES = {
  request: { label: "request", field: "perRequest", size: 1 },
  token: { label: "1k tokens", field: "per1kTokens", size: 1000 },
} as const;

function costOf(measure: BudgetMeasure, unit: Unit): Expr {
  const { budget, base } = measure;
  const spent = sumBy(idAnd(measure, base.identity), selector(hourRecord(budget), { ...base.id, [SCOPE]: "all" }));
  const least = unit === "request" ? budget.unitCost.minRequests : budget.unitCost.minRequests * 10;
  const units = binary(">", unitsWithin(measure, unit, HOUR), number(least));
  const each = binary("/", spent, units);
  return NAMES[unit].size === 1 ? each : binary("*", each, number(NAMES[unit].size));
}

function unitsOf(measure: BudgetMeasure): [Unit, Expr][] {
  const { budget, base } = measure;
  const overall = { ...base, by: base.identity };
  const requests: [Unit, Expr][] = budget.requests ? [["request", increments(budget.requests, overall)]] : [];
  const tokens = tokensOf(measure);
  return tokens ? [...requests, ["token", tokens]] : requests;
}

/** Tokens as declared; those of a price table only where a limit per token asks for them, and each once. */
function tokensOf({ budget, base }: BudgetMeasure): Expr | undefined {
  if (budget.tokens) return increments(budget.tokens, { ...base, by: base.identity });
  if (budget.meter.type === "metric" || budget.unitCost.per1kTokens === undefined) return undefined;
  const { prices } = budget.meter;
  return sumBy(base.identity, tokenIncrements(prices, base.identity, base, prices.wholeTypes));
}
