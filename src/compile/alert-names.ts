/** The name and the tier of every alert, once: routes, dashboards, runbooks and tests know alerts by them. */
import type { Severity, SpendBurn, SpendThreshold } from "../model/service.ts";
import { usualSeverity } from "../parse/spend/to-spend.ts";
import { exact, printNumber } from "../promql/number.ts";

/** The name of an alert and its label `tier`; `severity` is the one that the name does not say. */
interface NamedAlert {
  readonly name: string;
  readonly tier: string;
  readonly severity?: Severity;
}

/** Alerts that are of no tier of a policy. */
export const alerts = {
  burning: { name: "SloBurning", tier: "burning" },
  upstream: { name: "SloUpstreamDown", tier: "upstream" },
  targetsDown: { name: "SloTargetsDown", tier: "targets-down", severity: "page" },
  noData: { name: "SloNoData", tier: "no-data", severity: "ticket" },
  onlyErrors: { name: "SloOnlyErrors", tier: "only-errors", severity: "page" },
  broken: { name: "SloBroken", tier: "broken" },
  budgetExhausted: { name: "SloBudgetExhausted", tier: "budget-exhausted" },
  budgetLow: { name: "SloBudgetLow", tier: "budget-low" },
  budgetForecast: { name: "SloBudgetForecast", tier: "budget-forecast" },
  budgetDrop: { name: "SloBudgetDrop", tier: "budget-drop" },
  policyWarn: { name: "SloPolicyWarn", tier: "policy-warn" },
  policyFreeze: { name: "SloPolicyFreeze", tier: "policy-freeze" },
  spendNoData: { name: "BudgetNoData", tier: "no-data" },
  spendBroken: { name: "BudgetBroken", tier: "broken" },
  forecast: { name: "BudgetForecast", tier: "forecast" },
  anomaly: { name: "BudgetAnomaly", tier: "anomaly", severity: "ticket" },
  unitCost: { name: "BudgetUnitCost", tier: "unit-cost" },
  experiment: { name: "ExperimentWorse", tier: "experiment", severity: "ticket" },
  experimentNoData: { name: "ExperimentNoData", tier: "no-data", severity: "ticket" },
} as const satisfies Readonly<Record<string, NamedAlert>>;

/** As rules and tests say which alert it is. */
export function alertId({ name, tier }: NamedAlert): { readonly alert: string; readonly tier: string } {
  return { alert: name, tier };
}

/** As what an alert is known at a severity: no name serves two of them. */
export function namedAt({ name, tier, severity: usual }: NamedAlert, severity: Severity) {
  return { name: severity === usual ? name : `${name}${pascal(severity)}`, tier, severity };
}

/**
 * `page-fast` is `SloBurnPageFast`. A tier whose name does not begin with its severity names that too: no alert name
 * serves two severities, or stock rules that inhibit by `alertname` would silence one SLO's ticket for another's page.
 */
export function burnAlertName(tier: string, severity: Severity): string {
  const named = tier === severity || (tier.startsWith(`${severity}-`) && !/-(page|ticket|info)$/.test(tier));
  return `SloBurn${pascal(tier)}${named ? "" : pascal(severity)}`;
}

/**
 * `BudgetSpent80`. Where its severity is not the usual one the name says so: no alert name serves two severities, or
 * stock rules that inhibit by `alertname` would silence one budget's ticket for another's page.
 */
export function thresholdAlertName({ at, severity }: SpendThreshold): string {
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

/** `page-fast` is `PageFast`. */
export function pascal(text: string): string {
  return text
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}
