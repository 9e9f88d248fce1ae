/**
 * What was spent since the last evaluation: the increments of a counter, or those of token counters at their prices.
 * Exact as the base of SLOs is. Each sample is dated by the beginning of what it counts.
 */
import type { Budget, Prices } from "../../model/service.ts";
import type { Expr } from "../../promql/ast.ts";
import { binary, call, chain, number, on, over, selector, sumBy } from "../../promql/build.ts";
import { HOUR_MS } from "../../promql/duration.ts";
import { escapeRegex } from "../../promql/regex.ts";
import { type Base, increments, withWindow } from "../../sli/base.ts";
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

/** Tokens since the last evaluation, by these labels and by type: all types, or those given. */
export function tokenIncrements(prices: Prices, by: readonly string[], base: Base, types?: readonly string[]): Expr {
  const { counters, typeLabel } = prices;
  if (counters.type === "labelled")
    return increments(ofTypes(counters.metric, typeLabel, types), { ...base, by: distinct([...by, typeLabel]) });
  const wanted = Object.entries(counters.metrics).filter(([type]) => types === undefined || types.includes(type));
  const parts = wanted.map(([type, metric]) =>
    labelled(increments(metric, { ...base, by: distinct(by) }), { [typeLabel]: type }),
  );
  return chain("or", ...parts);
}

/** The counter's series of these types alone. */
function ofTypes(metric: ParsedMetric, label: string, types: readonly string[] | undefined): ParsedMetric {
  if (types === undefined || metric.type === "promql") return metric;
  const { selector: counter } = metric;
  const value = types.map(escapeRegex).join("|");
  return { ...metric, selector: { ...counter, matchers: [...counter.matchers, { label, op: "=~", value }] } };
}

/** Models that used tokens within the hour and have no price: nobody counts what they cost. */
export function unpricedModels(prices: Prices, budget: Budget): Expr {
  const label = prices.modelLabel;
  const used = metricsOf(prices).map((metric) => sumBy([label], usedWithinHour(metric)));
  const unpriced = binary("unless", binary(">", chain("or", ...used), number(0)), priceSelector(budget), on(label));
  return labelled(unpriced, budgetLabels(budget));
}

function usedWithinHour(metric: ParsedMetric): Expr {
  if (metric.type === "promql") return withWindow(metric.text, HOUR_MS);
  return call("increase", over(metric.selector, HOUR_MS));
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
