/** Budgets in words: periods and amounts as people say them. */
import type { Budget } from "../../model/service.ts";
import { printSeconds } from "../../promql/duration.ts";
import { exact, printNumber } from "../../promql/number.ts";

/** `day`, or `7d`. */
export function periodName({ period }: Budget): string {
  return period.type === "calendar" ? period.calendar : printSeconds(period.seconds);
}

/** `per day`, or `within 7d`. */
export function periodWords({ period }: Budget): string {
  return period.type === "calendar" ? `per ${period.calendar}` : `within ${printSeconds(period.seconds)}`;
}

/** `$500`, `12.5 euros`, `2000000 tokens`: cents where there are any. */
export function amountWords(amount: number, unit: string): string {
  const digits = Math.abs(amount) >= 1 ? 2 : 4;
  const text = printNumber(exact(Number(amount.toFixed(digits))));
  return unit === "dollars" ? `$${text}` : `${text} ${unit}`;
}
