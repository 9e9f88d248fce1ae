/** Budgets of presets: what users give, on the counters that the preset knows. */
import { z } from "zod";
import type { BudgetDeclaration, Metric, PriceTable } from "../../declare/declaration.ts";
import type { Expr, Selector } from "../../promql/ast.ts";
import { call, chain, sumBy, withLabel } from "../../promql/build.ts";
import { selectorWords } from "../../sli/words.ts";
import type { PresetBudget, PresetPrices } from "./options.ts";
import { overWindow, printWithWindow } from "./window.ts";

/** The schema of a list of budgets: each is read where it ends up, in the service. */
export const budgetsSchema = z.array(z.record(z.string(), z.unknown())).optional();

/** Budgets of money on a cost counter. */
export function spendOn(metric: Metric, budgets: readonly PresetBudget[] = []): BudgetDeclaration[] {
  return budgets.map((budget) => ({ ...budget, kind: "spend", metric }));
}

/** The schema of prices: they are judged with the budget. */
export const pricesSchema = z.record(z.string(), z.unknown()).optional();

/** Budgets of money on token counters, at the prices that the user gave. Without prices, what is missing is an issue. */
export function spendAtPrices(
  table: Omit<PriceTable, "per" | "models">,
  prices: PresetPrices | undefined,
  budgets: readonly PresetBudget[] = [],
): BudgetDeclaration[] {
  const priced = prices === undefined ? {} : { prices: { ...table, ...prices } };
  return budgets.map((budget) => ({ ...budget, kind: "spend", ...priced }));
}

/** Budgets of tokens on one counter, or on several that add up. */
export function tokensOn(
  counters: string | readonly Selector[],
  budgets: readonly PresetBudget[] = [],
): BudgetDeclaration[] {
  return budgets.map((budget) => ({ ...budget, kind: "tokens", metric: counted(counters, budget) }));
}

function counted(counters: string | readonly Selector[], { by = [] }: PresetBudget): Metric {
  return typeof counters === "string"
    ? counters
    : { promql: printWithWindow(sumOfRates(counters, by)), meaning: sumWords(counters) };
}

function sumWords(counters: readonly Selector[]): string {
  return `the sum of ${counters.map(selectorWords).join(" and ")}`;
}

/** The rates of several counters together, where any of them may be missing: their series are distinguished, then added up. */
export function sumOfRates(counters: readonly Selector[], by: readonly string[]): Expr {
  const rates = counters.map((counter, index) => {
    const rate = call("rate", overWindow(counter));
    return index === 0 ? rate : withLabel(rate, "part", counter.metric);
  });
  return sumBy(by, chain("or", ...rates));
}
