/**
 * What was spent since the last evaluation: the increments of a counter, or those of token counters at their prices.
 * Exact as the base of SLOs is. Each sample is dated by the beginning of what it counts.
 */
import type { Budget, Prices } from "../../model/service.ts";
import type { Expr } from "../../promql/ast.ts";
import { binary, chain, number, selector, sumBy } from "../../promql/build.ts";
import { type Base, increments } from "../../sli/base.ts";
import type { ParsedMetric } from "../../sli/metric.ts";
import { periodLabel } from "../calendar.ts";
import { constant, labelled } from "./labelled.ts";
import type { BudgetMeasure } from "./measure.ts";
import { budgetLabels, priceRecord } from "./names.ts";

/** Spend since the last evaluation by the budget's labels, with the number of its period. */
export function spentNow(measure: BudgetMeasure): Expr {
  const spent = unpriced(measure);
  if (!measure.calendar) return spent;
  const dated = periodLabel(measure.calendar, measure.agoSeconds);
  return binary("*", spent, dated, { type: "on", labels: [], group: "left", include: [measure.calendar.period] });
}

/** What a token costs, by model and type: one sample each. */
export function priceTable(prices: Prices): Expr {
  const rows = Object.entries(prices.perToken).flatMap(([model, types]) =>
    Object.entries(types).map(([type, price]) =>
      constant(price, { [prices.modelLabel]: model, [prices.typeLabel]: type }),
    ),
  );
  return chain("or", ...rows);
}

/** Tokens since the last evaluation, by these labels and by type. Only types that have a price. */
export function tokenIncrements(prices: Prices, by: readonly string[], base: Base): Expr {
  const { counters, typeLabel } = prices;
  if (counters.type === "labelled") return increments(counters.metric, { ...base, by: distinct([...by, typeLabel]) });
  const parts = Object.entries(counters.metrics).map(([type, metric]) =>
    labelled(increments(metric, { ...base, by: distinct(by) }), { [typeLabel]: type }),
  );
  return chain("or", ...parts);
}

/** Models that use tokens and have no price: nobody counts what they cost. */
export function unpricedModels(prices: Prices, budget: Budget, base: Base): Expr {
  const counted = metricsOf(prices).map((metric) => increments(metric, { ...base, by: [prices.modelLabel] }));
  const used = binary(">", sumBy([prices.modelLabel], chain("or", ...counted)), number(0));
  return binary("unless", used, priceSelector(budget), { type: "on", labels: [prices.modelLabel] });
}

/** The counters of a price table. */
function metricsOf({ counters }: Prices): ParsedMetric[] {
  return counters.type === "labelled" ? [counters.metric] : Object.values(counters.metrics);
}

function unpriced({ budget, base }: BudgetMeasure): Expr {
  if (budget.meter.type === "metric") return increments(budget.meter.metric, base);
  const { prices } = budget.meter;
  const { modelLabel, typeLabel } = prices;
  const counted = tokenIncrements(prices, [...base.by, modelLabel], base);
  const paid = binary("*", counted, priceSelector(budget), {
    type: "on",
    labels: [modelLabel, typeLabel],
    group: "left",
    include: [],
  });
  return sumBy(base.by, paid);
}

function priceSelector(budget: Budget): Expr {
  return selector(priceRecord(budget), budgetLabels(budget));
}

function distinct(labels: readonly string[]): string[] {
  return [...new Set(labels)].sort();
}
