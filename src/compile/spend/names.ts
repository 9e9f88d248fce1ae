/** Every metric, label and alert name of budgets, once. */
import type { Budget, BudgetThreshold, Severity, SpendBurn } from "../../model/service.ts";
import { usualSeverity } from "../../parse/spend/to-spend.ts";
import { printSeconds } from "../../promql/duration.ts";
import { exact, printNumber } from "../../promql/number.ts";
import { pascal } from "../names.ts";

/** Names that do not depend on the budget. */
export const budgetRecords = {
  used: "budget:used_ratio",
  elapsed: "budget:elapsed_ratio",
  forecast: "budget:forecast_ratio",
  /** The share of every limit that was spent since the last evaluation. */
  share: "budget:used_ratio:increase",
  coverage: "budget:coverage_ratio",
  /** At every evaluation: its samples also count the evaluations. */
  info: "budget:info",
  /** Tokens that have a price, by model and type. */
  tokens: "budget:tokens:increase",
} as const;

/** `budget:spend_dollars:increase`: what was spent since the last evaluation. */
export function increaseRecord({ unit }: Budget): string {
  return `budget:spend_${unit}:increase`;
}

/** `budget:spend_dollars:day`: since the period began, or within the rolling one. */
export function periodRecord(budget: Budget): string {
  return `budget:spend_${budget.unit}:${periodName(budget)}`;
}

/** `day`, or `7d`. */
export function periodName({ period }: Budget): string {
  return period.type === "calendar" ? period.calendar : printSeconds(period.seconds);
}

/** `budget:day_number`: another number in every period. */
export function numberRecord(budget: Budget): string {
  return `budget:${periodName(budget)}_number`;
}

/** `budget:day_start_seconds`. */
export function startRecord(budget: Budget): string {
  return `budget:${periodName(budget)}_start_seconds`;
}

/** `budget:limit_dollars`. */
export function limitRecord({ unit }: Budget): string {
  return `budget:limit_${unit}`;
}

/** `budget:burn_rate:1h`: 1 spends the limit in exactly its period. */
export function burnRecord(seconds: number): string {
  return `budget:burn_rate:${printSeconds(seconds)}`;
}

/** `budget:unit_cost_dollars`. */
export function unitCostRecord({ unit }: Budget): string {
  return `budget:unit_cost_${unit}`;
}

/** `budget:per_user_dollars`: of the period so far, on average. */
export function perUserRecord({ unit }: Budget): string {
  return `budget:per_user_${unit}`;
}

/** `budget:price_dollars_per_token`. */
export function priceRecord({ unit }: Budget): string {
  return `budget:price_${unit}_per_token`;
}

/** What tells one budget's series from another's. */
export function budgetLabels(budget: Budget): { readonly slo_service: string; readonly budget: string } {
  return { slo_service: budget.service, budget: budget.name };
}

/**
 * `BudgetSpent80`. Where its severity is not the usual one the name says so: no alert name serves two severities, or
 * stock rules that inhibit by `alertname` would silence one budget's ticket for another's page.
 */
export function thresholdAlertName({ at, severity }: BudgetThreshold): string {
  const named = severity === usualSeverity(at) ? "" : pascal(severity);
  return `BudgetSpent${percent(at).replaceAll(".", "_")}${named}`;
}

/** `0.8` is `80`. */
export function percent(at: number): string {
  return printNumber(exact(at * 100));
}

/** `BudgetBurnFast` pages and `BudgetBurnSlow` is a ticket; all others name their severity. */
export function spendBurnAlertName({ name, severity }: SpendBurn): string {
  const usual = (name === "fast" && severity === "page") || (name === "slow" && severity === "ticket");
  return `BudgetBurn${pascal(name)}${usual ? "" : pascal(severity)}`;
}

/** `BudgetAnomaly`, unless it is no ticket. */
export function anomalyAlertName(severity: Severity): string {
  return `BudgetAnomaly${severity === "ticket" ? "" : pascal(severity)}`;
}
