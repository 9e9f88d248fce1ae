/** Whether budgets are sound in their environment: their groups fit, their runbooks exist, nothing is forgotten too early. */
import type { Plan, SpendPlan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import { printSeconds } from "../promql/duration.ts";
import { printNumber } from "../promql/number.ts";
import type { Check } from "./check.ts";
import { missingLabels, missingRunbook, tooManyRules } from "./shared-names.ts";
import type { Finding } from "./walk.ts";

export const spendBudgets: Check = {
  name: "budgets",
  check: (plan) => plan.services.flatMap((service) => service.budgets.flatMap((budget) => checkSpend(plan, budget))),
};

function checkSpend(plan: Plan, budget: SpendPlan): Issue[] {
  const found = [
    ...tooManyRules(plan, budget.groups, { at: ["thresholds"], fewer: "Declare fewer thresholds or burns" }),
    ...beyondRetention(plan, budget),
    ...partsAboveWhole(budget),
    ...missingRunbook(budget.links),
    ...missingLabels(plan, "budget", [...OWN, ...budget.groupLabels, ...Object.keys(budget.budget.labels)]),
  ];
  return found.map(({ code, at, message, hint }) =>
    issue(code, [...budget.budget.path, ...at], message, hint, budget.budget.source),
  );
}

/** Labels that all of its alerts carry. */
const OWN = ["budget"];

/** Who may spend more than all together is reported long after everybody. */
function partsAboveWhole({ budget: { limit, limits, limitEach, unit } }: SpendPlan): Finding[] {
  if (limit === undefined) return [];
  const parts = [
    ...Object.entries(limits).map(([name, part]) => ({ at: ["limits", name], part })),
    ...(limitEach === undefined ? [] : [{ at: ["limitEach"], part: limitEach }]),
  ];
  return parts
    .filter(({ part }) => part > limit)
    .map(({ at, part }) => ({
      code: "limit-above-whole",
      at,
      message: `one value's limit (${printNumber(part)} ${unit}) exceeds the overall limit (${printNumber(limit)}).`,
      hint: "Give the part a limit below the whole's, or raise that.",
    }));
}

/** A calendar period is carried on from evaluation to evaluation; a rolling one is read from its beginning. */
function beyondRetention({ platform }: Plan, { measurement }: SpendPlan): Finding[] {
  const { retentionSeconds: kept } = platform;
  if (measurement.calendar !== undefined || kept === undefined || measurement.periodSeconds <= kept) return [];
  return [
    {
      code: "window-beyond-retention",
      at: ["per"],
      message: `the budget rolls over ${printSeconds(measurement.periodSeconds)}, and Prometheus keeps ${printSeconds(kept)}.`,
      hint: 'Keep samples for as long, or take a calendar period such as "month", whose sum is carried on.',
    },
  ];
}
