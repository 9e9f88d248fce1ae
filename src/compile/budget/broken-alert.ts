/** The alert that says that money is not counted correctly, and by its `reason` label how. */
import type { Expr } from "../../promql/ast.ts";
import { aggregate, binary, call, chain, number, on, over, selector, sumBy, withLabel } from "../../promql/build.ts";
import { DAY_MS, HOUR_MS } from "../../promql/duration.ts";
import type { AlertingRule } from "../plan.ts";
import { type BudgetContext, budgetAlert } from "./alert.ts";
import type { BudgetMeasure } from "./measure.ts";
import { unpricedModels } from "./meter.ts";
import { budgetRecords, hourRecord, SCOPE } from "./names.ts";
import { idAnd } from "./sums.ts";
import { spentTiles } from "./tiles.ts";
import { unitsWithin } from "./unit-cost.ts";

const LEAST_COVERAGE = 0.95;
/** Long enough that one odd scrape is no ticket. */
const FOR_SECONDS = 900;

export function budgetBrokenAlert(context: BudgetContext): AlertingRule {
  const { budget, measure } = context;
  const reasons: [string, Expr][] = [
    ["never-any-data", neverAnyData(measure)],
    ["evaluations-missed", evaluationsMissed(measure)],
    ...(budget.requests ? [["cost-not-counted", notCounted(measure)] as [string, Expr]] : []),
    ...unpriced(context),
  ];
  return budgetAlert(
    {
      name: "BudgetBroken",
      tier: "broken",
      severity: "ticket",
      expr: chain("or", ...reasons.map(([reason, expr]) => withLabel(expr, "reason", reason))),
      summary: `Budget ${budget.id} is not counted correctly.`,
      description: {
        template: "What is spent cannot be trusted: {{ $labels.reason }}. The runbook says what each reason means.",
      },
      forSeconds: FOR_SECONDS,
    },
    context,
  );
}

/**
 * Share of the last day's evaluations that took place: what was not evaluated was not counted. The elapsed share is
 * written at each of them, whatever was spent.
 */
export function coverage(measure: BudgetMeasure): Expr {
  const { intervalSeconds } = measure;
  const beats = over(selector(budgetRecords.elapsed, measure.base.id), DAY_MS);
  const share = binary("/", call("count_over_time", beats), number(DAY_MS / 1000 / intervalSeconds));
  return call("clamp_max", share, number(1));
}

/** Nothing for a day, while the rules ran: a misspelt metric, or nobody exports it any more. */
function neverAnyData(measure: BudgetMeasure): Expr {
  const { base } = measure;
  const running = { ...selector(budgetRecords.elapsed, base.id), offsetMs: HOUR_MS };
  const counted = call("present_over_time", over(spentTiles(measure), DAY_MS));
  return binary("unless", running, aggregate("group", Object.keys(base.id), counted), on(...Object.keys(base.id)));
}

/** Only once the rules are as old as the time that coverage looks back. */
function evaluationsMissed({ base }: BudgetMeasure): Expr {
  const low = binary("<", selector(budgetRecords.coverage, base.id), number(LEAST_COVERAGE));
  return binary("and", low, { ...selector(budgetRecords.elapsed, base.id), offsetMs: DAY_MS });
}

/** Requests flow, and for an hour none of them has cost anything: pricing broke, or its export. */
function notCounted(measure: BudgetMeasure): Expr {
  const { budget, base } = measure;
  const flow = binary(">", unitsWithin(measure, "request", 3600), number(budget.unitCost.minRequests));
  const cost = binary(">", selector(hourRecord(budget), { ...base.id, [SCOPE]: "all" }), number(0));
  return binary("unless", flow, sumBy(idAnd(measure, base.identity), cost));
}

function unpriced({ budget }: BudgetContext): [string, Expr][] {
  if (budget.meter.type === "metric") return [];
  return [["unpriced-model", unpricedModels(budget.meter.prices, budget)]];
}
