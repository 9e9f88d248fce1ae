/** Every metric, label, group and alert name, once. */

import { type CalendarUnit, type Period, periodName } from "../model/period.ts";
import type { Severity, Slo } from "../model/service.ts";
import { printSeconds } from "../promql/duration.ts";

export const records = {
  bad: "slo:bad:increase",
  good: "slo:good:increase",
  total: "slo:total:increase",
  /** Series behind the total, by job. */
  series: "slo:series:count",
  /** What happened, where what counts is made of it: slices of it, or all of it but for exclusions. */
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

/**
 * `page-fast` is `SloBurnPageFast`. A tier whose name does not begin with its severity names that too: no alert name
 * serves two severities, or stock rules that inhibit by `alertname` would silence one SLO's ticket for another's page.
 */
export function burnAlertName(tier: string, severity: Severity): string {
  const named = tier === severity || (tier.startsWith(`${severity}-`) && !/-(page|ticket|info)$/.test(tier));
  return `SloBurn${pascal(tier)}${named ? "" : pascal(severity)}`;
}

/** Uids of the dashboards, at most 40 characters: one of each, however much is declared. */
export const sloDashboardUid = "firebreak-slo";
export const overviewDashboardUid = "firebreak-overview";
export const spendDashboardUid = "firebreak-spend";
export const experimentDashboardUid = "firebreak-experiments";

/** A short, stable hash of some text (FNV-1a, 64 bits, hexadecimal): for identity, not for secrecy. */
export function hash(text: string): string {
  let value = 0xcbf29ce484222325n;
  for (const byte of new TextEncoder().encode(text)) {
    value = BigInt.asUintN(64, (value ^ BigInt(byte)) * 0x100000001b3n);
  }
  return value.toString(16).padStart(16, "0");
}

/** `page-fast` is `PageFast`. */
export function pascal(text: string): string {
  return text
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

/** No alert name serves two severities. */
export function noDataName(severity: Severity): string {
  return severity === "ticket" ? "SloNoData" : `SloNoData${pascal(severity)}`;
}

/** No alert name serves two severities. */
export function targetsDownName(severity: Severity): string {
  return severity === "page" ? "SloTargetsDown" : `SloTargetsDown${pascal(severity)}`;
}
