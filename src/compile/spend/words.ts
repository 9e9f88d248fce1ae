/** Budgets in words: periods and amounts as people say them. */
import { isCalendar, periodName } from "../../model/period.ts";
import type { SpendBudget } from "../../model/service.ts";
import { exact, printAmount, smallDecimals } from "../../promql/number.ts";

/** What a limit is not. */
export const ENFORCES_NOTHING = "This alert does not stop the spending.";

/** `per day`, or `within 7d`. */
export function periodWords({ period }: SpendBudget): string {
  return `${isCalendar(period) ? "per" : "within"} ${periodName(period)}`;
}

/** `$10,000`, `$12.50`, `$0.00002`, `12.5 euros`, `2,000,000 tokens`: cents where there are any, and tokens that are whole. */
export function amountWords(amount: number, unit: string): string {
  const decimals = unit === "tokens" ? 0 : 2;
  const rounded = exact(Number(amount.toFixed(Math.abs(amount) >= 1 ? decimals : smallDecimals(amount))));
  return unit === "dollars" ? `$${printAmount(rounded, 2)}` : `${printAmount(rounded)} ${unit}`;
}
