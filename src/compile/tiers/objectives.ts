/**
 * Objectives of single groups. Every group's error budget is recorded, and what compares or divides reads that;
 * an SLO with one objective has plain numbers instead.
 */
import type { GroupObjective, Slo } from "../../model/service.ts";
import type { Expr } from "../../promql/ast.ts";
import { binary, call, number, selector } from "../../promql/build.ts";
import { exact } from "../../promql/number.ts";
import { idLabels, records } from "../names.ts";
import type { TierPlan } from "../plan.ts";
import { budgetSpent } from "./burn-maths.ts";

/** Whether groups have objectives of their own. */
export function isPerGroup(slo: Slo): boolean {
  return slo.objectives.length > 0;
}

/** The share of a group's events that may be bad. */
export function budgetOf(slo: Slo): Expr {
  return isPerGroup(slo) ? selector(records.errorBudget, idLabels(slo)) : number(slo.errorBudget);
}

/** Error ratio above which a group burns too fast: `14.4 * 0.001`. */
export function thresholdOf(tier: TierPlan, slo: Slo): Expr {
  const threshold = binary("*", number(tier.burn), budgetOf(slo));
  return tier.cap === undefined ? threshold : call("clamp_max", threshold, number(tier.cap));
}

/** The tier as it is for the groups with another error budget. */
export function tierWith(tier: TierPlan, errorBudget: number, slo: Slo): TierPlan {
  const threshold = exact(Math.min(tier.burn * errorBudget, tier.cap ?? 1));
  const spent = budgetSpent(threshold / errorBudget, tier.longSeconds, slo.windowSeconds);
  return { ...tier, threshold, budgetSpent: exact(spent) };
}

/** Every error budget of the SLO, its own first. */
export function errorBudgets(slo: Slo): number[] {
  return [slo.errorBudget, ...slo.objectives.map(({ errorBudget }) => errorBudget)];
}

/** `model="gpt-4"`. */
export function groupWords({ match }: GroupObjective): string {
  return Object.entries(match)
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`)
    .join(", ");
}

/** The SLO's own objective: without the labels of any group. */
export function objectiveOf(slo: Slo): Expr {
  return call("vector", number(exact(slo.objectivePercent / 100)));
}
