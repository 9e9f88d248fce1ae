/** The name of every recorded series and the labels that tell whose it is, once: whoever writes or reads one asks here. */

import { type CalendarUnit, type Period, periodName } from "../model/period.ts";
import type { Experiment, Slo, SpendBudget } from "../model/service.ts";
import { printSeconds } from "../promql/duration.ts";

/** What is recorded of SLOs, whatever their windows. */
export const records = {
  bad: "slo:bad:increase",
  good: "slo:good:increase",
  total: "slo:total:increase",
  /** Series behind the total, by job. */
  series: "slo:series:count",
  /** What happened, where what counts is made of it: slices of it, or all of it except exclusions. */
  eventBad: "slo:event_bad:increase",
  eventGood: "slo:event_good:increase",
  eventTotal: "slo:event_total:increase",
  objective: "slo:objective_ratio",
  errorBudget: "slo:error_budget_ratio",
  group: "slo:group:known",
  budgetEvents: "slo:error_budget_events",
  budgetRemaining: "slo:error_budget_remaining_ratio",
  /** Of the calendar period: only where a forecast reads it. */
  periodLeft: "slo:period_left_seconds",
  window: "slo:window_seconds",
  coverage: "slo:coverage_ratio",
  info: "slo:info",
  excluded: "slo:excluded",
  /** How much a component of a weighted composite counts. */
  componentWeight: "slo:component:weight",
} as const;

/** `slo:error_ratio:rate1h`. */
export function errorRatioRecord(seconds: number): string {
  return `slo:error_ratio:rate${printSeconds(seconds)}`;
}

/** Of one component of a composite: `slo:component:error_ratio:rate1h`. */
export function componentRatioRecord(seconds: number): string {
  return `slo:component:error_ratio:rate${printSeconds(seconds)}`;
}

/** Sums of a record over one tile: `slo:total:increase4m`. */
export function tileRecord(record: string, tileSeconds: number): string {
  return `${record}${printSeconds(tileSeconds)}`;
}

/** What a calendar period has counted since it began: `slo:bad:month`. */
export function sinceRecord(count: "total" | "bad" | "good", unit: CalendarUnit): string {
  return `slo:${count}:${unit}`;
}

/** Which calendar period it is: `slo:month_number`. */
export function periodNumberRecord(unit: CalendarUnit): string {
  return `slo:${unit}_number`;
}

/** From when a group is counted in the calendar period. */
export function countedFromRecord(unit: CalendarUnit): string {
  return `slo:${unit}_counted_from_seconds`;
}

/** Of a calendar period so far: `slo:error_ratio:month`. */
export function periodRatioRecord(unit: CalendarUnit): string {
  return `slo:error_ratio:${unit}`;
}

/** Budget left: of the primary period without a suffix, of each further one with its name. */
export function budgetRemainingRecord(slo: Slo, period: Period): string {
  return period === slo.periods[0] ? records.budgetRemaining : `${records.budgetRemaining}:${periodName(period)}`;
}

/** What tells one SLO's series from another's: never anything that a user may edit. */
export function idLabels(slo: Slo): { readonly slo_service: string; readonly slo: string } {
  return { slo_service: slo.service, slo: slo.name };
}

/** Uids of the dashboards, at most 40 characters: one of each, however much is declared. */
export const sloDashboardUid = "firebreak-slo";
export const overviewDashboardUid = "firebreak-overview";
export const spendDashboardUid = "firebreak-spend";
export const experimentDashboardUid = "firebreak-experiments";

/** What is recorded of budgets of money and tokens, whatever their unit and period. */
export const spendRecords = {
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
export function increaseRecord({ unit }: SpendBudget): string {
  return `budget:spend_${unit}:increase`;
}

/** `budget:spend_dollars:day`: since the period began, or within the rolling one. */
export function periodRecord(budget: SpendBudget): string {
  return `budget:spend_${budget.unit}:${periodName(budget.period)}`;
}

/** `budget:day_number`: another number in every period. */
export function numberRecord(budget: SpendBudget): string {
  return `budget:${periodName(budget.period)}_number`;
}

/** `budget:day_start_seconds`. */
export function startRecord(budget: SpendBudget): string {
  return `budget:${periodName(budget.period)}_start_seconds`;
}

/** `budget:limit_dollars`. */
export function limitRecord({ unit }: SpendBudget): string {
  return `budget:limit_${unit}`;
}

/** `budget:burn_rate:1h`: 1 spends the limit in exactly its period. */
export function burnRecord(seconds: number): string {
  return `budget:burn_rate:${printSeconds(seconds)}`;
}

/** `budget:unit_cost_dollars`. */
export function unitCostRecord({ unit }: SpendBudget): string {
  return `budget:unit_cost_${unit}`;
}

/** `budget:per_user_dollars`: of the period so far, on average. */
export function perUserRecord({ unit }: SpendBudget): string {
  return `budget:per_user_${unit}`;
}

/** `budget:price_dollars_per_token`. */
export function priceRecord({ unit }: SpendBudget): string {
  return `budget:price_${unit}_per_token`;
}

/** What tells one budget's series from another's. */
export function spendLabels(budget: SpendBudget): { readonly slo_service: string; readonly budget: string } {
  return { slo_service: budget.service, budget: budget.name };
}

/** What is recorded of experiments. */
export const experimentRecords = {
  total: "experiment:total:increase",
  bad: "experiment:bad:increase",
  /** In place of bad, where an SLI counts what is good. */
  good: "experiment:good:increase",
  cost: "experiment:cost:increase",
  units: "experiment:units:increase",
  /** Events within the window, by group. */
  totalInWindow: "experiment:total:window",
  badInWindow: "experiment:bad:window",
  costInWindow: "experiment:cost:window",
  unitsInWindow: "experiment:units:window",
  badRatio: "experiment:bad_ratio",
  /** How far chance moves the ratio, squared; no sample where a group has too few events. */
  variance: "experiment:bad_ratio:variance",
  /** Standard errors by which a group is worse than the baseline; negative: better. */
  worse: "experiment:worse_sigma",
  verdict: "experiment:verdict",
  costPerUnit: "experiment:cost_per_unit",
} as const;

/** What the numbers of `experiment:verdict` say. */
export const VERDICTS = { tooFew: 0, same: 1, better: 2, worse: 3 } as const;

export function experimentLabels({ service, name }: Experiment): {
  readonly slo_service: string;
  readonly experiment: string;
} {
  return { slo_service: service, experiment: name };
}
