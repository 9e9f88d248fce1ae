/**
 * Objectives of single groups. Every group's error budget is recorded, and what compares or divides reads that;
 * an SLO with one objective has plain numbers instead.
 */
import type { GroupObjective, Slo } from "../model/service.ts";
import type { Expr } from "../promql/ast.ts";
import { binary, call, chain, number, selector } from "../promql/build.ts";
import { exact } from "../promql/number.ts";
import { budgetSpent } from "./maths.ts";
import { errorRatioRecord, idLabels, records } from "./naming.ts";
import type { RecordingRule, TierPlan } from "./plan.ts";

/** Whether groups have objectives of their own. */
export function isPerGroup(slo: Slo): boolean {
  return slo.objectives.length > 0;
}

/** The share of a group's events that may be bad. */
export function budgetOf(slo: Slo): Expr {
  return isPerGroup(slo) ? selector(records.errorBudget, idLabels(slo)) : number(slo.errorBudget);
}

/** Error ratio above which a group burns too fast. */
export function thresholdOf(tier: TierPlan, slo: Slo): Expr {
  if (!isPerGroup(slo)) return number(tier.threshold);
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

/**
 * A group's budget and objective, for as long as any window holds something of it.
 *
 * @param windows - Of every recorded error ratio, in seconds.
 */
export function groupBudgetRules(slo: Slo, windows: readonly number[]): RecordingRule[] {
  if (!isPerGroup(slo)) return [];
  const recorded = (name: string): Expr => selector(name, idLabels(slo));
  const distinct = [...new Set([...windows, slo.windowSeconds])].sort((a, b) => a - b);
  const known = chain("or", recorded(records.total), ...distinct.map((each) => recorded(errorRatioRecord(each))));
  const rule = (record: string, expr: Expr): RecordingRule => ({ type: "record", record, expr, labels: idLabels(slo) });
  return [
    rule(records.group, binary("+", binary("*", known, number(0)), number(1))),
    rule(records.errorBudget, budgets(slo)),
    rule(records.objective, binary("or", objectiveOf(slo), binary("-", number(1), recorded(records.errorBudget)))),
  ];
}

/** The SLO's own objective, which every SLO has: without the labels of any group. */
export function objectiveOf(slo: Slo): Expr {
  return call("vector", number(exact(slo.objectivePercent / 100)));
}

/** Listed groups first: what they have is not filled in with the SLO's own. */
function budgets(slo: Slo): Expr {
  const all = [...slo.objectives, { match: {}, errorBudget: slo.errorBudget }];
  return chain(
    "or",
    ...all.map(({ match, errorBudget }) =>
      binary("*", selector(records.group, { ...idLabels(slo), ...match }), number(errorBudget)),
    ),
  );
}
