/** Budgets in words: periods and amounts as people say them. */
import type { SpendBudget } from "../../model/service.ts";
import { exact, printNumber } from "../../promql/number.ts";
import { periodName } from "./names.ts";

/** What a limit is not. */
export const ENFORCES_NOTHING = "Nothing stops by itself: an alert enforces no limit.";

/** `per day`, or `within 7d`. */
export function periodWords(budget: SpendBudget): string {
  return `${budget.period.type === "calendar" ? "per" : "within"} ${periodName(budget)}`;
}

/** `$500`, `12.5 euros`, `2000000 tokens`: cents where there are any. */
export function amountWords(amount: number, unit: string): string {
  const digits = Math.abs(amount) >= 1 ? 2 : 4;
  const text = printNumber(exact(Number(amount.toFixed(digits))));
  return unit === "dollars" ? `$${text}` : `${text} ${unit}`;
}
