/** Every metric, label and alert name of budgets, once. */
import type { Budget, BudgetThreshold, Severity, SpendBurn } from "../../model/service.ts";
import { usualSeverity } from "../../model/to-budget.ts";
import { printSeconds } from "../../promql/duration.ts";
import { exact, printNumber } from "../../promql/number.ts";
import { pascal } from "../naming.ts";

/** Names that do not depend on the budget's unit. */
export const budgetRecords = {
  used: "budget:used_ratio",
  elapsed: "budget:elapsed_ratio",
  forecast: "budget:forecast_ratio",
  coverage: "budget:coverage_ratio",
  info: "budget:info",
  units: "budget:units:increase",
} as const;

/** Which limit a series is held to: one over everything, or one for each value of `by`. */
export const SCOPE = "scope";

/** `budget:spend_dollars:increase`: what was spent since the last evaluation. */
export function increaseRecord({ unit }: Budget): string {
  return `budget:spend_${unit}:increase`;
}

/** `budget:spend_dollars:sum4m`: a tile. */
export function tileRecord({ unit }: Budget, tileSeconds: number): string {
  return `budget:spend_${unit}:sum${printSeconds(tileSeconds)}`;
}

/** `budget:spend_dollars:so_far`: the running sum of a period that Prometheus does not keep. */
export function runningRecord({ unit }: Budget): string {
  return `budget:spend_${unit}:so_far`;
}

/** `budget:spend_dollars:day`: since the period began. */
export function periodRecord({ unit, period }: Budget): string {
  return `budget:spend_${unit}:${period.type === "calendar" ? period.calendar : printSeconds(period.seconds)}`;
}

/** `budget:spend_dollars:last1h`: the last hour, for each scope. */
export function hourRecord({ unit }: Budget): string {
  return `budget:spend_${unit}:last1h`;
}

/** `budget:limit_dollars`. */
export function limitRecord({ unit }: Budget): string {
  return `budget:limit_${unit}`;
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
