/** What `BudgetBroken` may say of a budget, and what to do about each. */
import type { SpendPlan } from "../../compile/plan.ts";
import { canForget, mayFall } from "../../compile/spend/alerts/broken.ts";
import { needsOf } from "./queries/switches.ts";
import { FALLING_REMEDY } from "./words/broken-reasons.ts";

/** One value of the label `reason`. */
export interface Reason {
  readonly reason: string;
  readonly meaning: string;
  readonly action: string;
}

/** The reasons that this budget may give. */
export function reasonsOf({ budget, measurement, groups }: SpendPlan): Reason[] {
  const { neverAnyData, ...others } = REASONS;
  const action = [neverAnyData.action, ...needsOf(groups)].join(" ");
  return [
    { ...neverAnyData, action },
    others.evaluationsMissed,
    ...(budget.by.length > 0 ? [others.byLabelMissing] : []),
    ...(Object.keys(budget.limits).length > 0 ? [others.limitNeverSeen] : []),
    ...(countsSeries(budget.meter) ? [others.countersFall] : []),
    ...(canForget(measurement) ? [others.gap] : []),
    ...(budget.meter.type === "prices" ? [others.unpriced] : []),
    ...(mayFall(budget) ? [others.costBelowZero] : []),
    ...(budget.requests ? [others.costNotCounted] : []),
  ];
}

/** Of expressions nobody sees whether their counters fall. */
function countsSeries(meter: SpendPlan["budget"]["meter"]): boolean {
  if (meter.type === "metric") return meter.metric.type === "selector";
  const { counters } = meter.prices;
  const all = counters.type === "labelled" ? [counters.metric] : Object.values(counters.metrics);
  return all.some(({ type }) => type === "selector");
}

const REASONS = {
  countersFall: {
    reason: "counters-fall",
    meaning:
      "Counters fall again and again while their targets stay up, and each fall is counted as a restart: far too much.",
    action: FALLING_REMEDY,
  },
  neverAnyData: {
    reason: "never-any-data",
    meaning: "The metric has had no series for a day.",
    action: "Look for its name at the exporter, and at the targets; correct the declaration.",
  },
  evaluationsMissed: {
    reason: "evaluations-missed",
    meaning:
      "More than 5% of the last six hours' rule evaluations were missed; what was spent in those gaps is missing.",
    action: "Look at the ruler's missed iterations and its load; add the provider's own figure for the gap.",
  },
  byLabelMissing: {
    reason: "by-label-missing",
    meaning:
      "No series has a label of `by`: everything is one unnamed part, so limits of single values are not checked.",
    action: "Usually it is misspelt in `by`: compare it with a series that the target exposes.",
  },
  limitNeverSeen: {
    reason: "limit-never-seen",
    meaning: "A value has a limit in `limits`, but nothing has been spent under that name for a week.",
    action: "Usually it is misspelt: compare it with the values that spend. Remove it if it is no longer used.",
  },
  gap: {
    reason: "gap",
    meaning: "The rules were not evaluated for over three days, so the period's sum started over: it is too low.",
    action: "Find out why rule evaluation stopped; until the period ends, add what the provider says was spent before.",
  },
  unpriced: {
    reason: "unpriced-model",
    meaning: "A model uses tokens but is not in the price table, so it counts as free.",
    action: "Add its prices to the declaration. What it has used until then stays uncounted.",
  },
  costBelowZero: {
    reason: "cost-below-zero",
    meaning:
      "The cost of an hour is below zero: more tokens are counted of a type in `within` than of the type that it is declared to be part of. Far too little is counted, so limits alert too late or never.",
    action:
      "The exporter counts that type separately: remove its entry from `within`, and deploy. What was counted until then stays too low: until the period ends, watch the provider's own figure.",
  },
  costNotCounted: {
    reason: "cost-not-counted",
    meaning: "There are requests, but none of them has cost anything for an hour.",
    action: "Look at what computes the cost: a new model name, a price that is missing, an exporter that has stopped.",
  },
} as const;
