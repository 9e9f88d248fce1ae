/** Whether budgets are sound in their environment: their groups fit, their runbooks exist, nothing is forgotten too early. */
import type { BudgetPlan, Plan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import { printSeconds } from "../promql/duration.ts";
import type { Check } from "./check.ts";
import type { Finding } from "./walk.ts";

export const budgets: Check = {
  name: "budgets",
  check: (plan) => plan.services.flatMap((service) => service.budgets.flatMap((budget) => checkBudget(plan, budget))),
};

function checkBudget(plan: Plan, budget: BudgetPlan): Issue[] {
  const found = [
    ...tooManyRules(plan, budget),
    ...beyondRetention(plan, budget),
    ...noRunbook(budget),
    ...missingLabels(plan, budget),
  ];
  return found.map(({ code, at, message, hint }) =>
    issue(code, [...budget.budget.path, ...at], message, hint, budget.budget.source),
  );
}

function tooManyRules({ platform }: Plan, { groups }: BudgetPlan): Finding[] {
  const most = platform.ruler.rulesPerGroup;
  const large = groups.find((group) => group.rules.length > most);
  if (!large) return [];
  return [
    {
      code: "too-many-rules",
      at: ["thresholds"],
      message: `the group ${large.name} has ${large.rules.length} rules, and the ruler takes ${most}.`,
      hint: "Declare fewer thresholds or burns; where the ruler takes more, say so in the platform's ruler.rulesPerGroup.",
    },
  ];
}

/** A calendar period is carried on from evaluation to evaluation; a rolling one is read from its beginning. */
function beyondRetention({ platform }: Plan, { measure }: BudgetPlan): Finding[] {
  const { retentionSeconds: kept } = platform;
  if (measure.calendar !== undefined || kept === undefined || measure.periodSeconds <= kept) return [];
  return [
    {
      code: "window-beyond-retention",
      at: ["per"],
      message: `the budget rolls over ${printSeconds(measure.periodSeconds)}, and Prometheus keeps ${printSeconds(kept)}.`,
      hint: 'Keep samples for as long, or take a calendar period such as "month", whose sum is carried on.',
    },
  ];
}

function noRunbook({ links }: BudgetPlan): Finding[] {
  if (links.runbook !== undefined) return [];
  return [
    {
      code: "missing-runbook",
      at: ["runbook"],
      message: "its alerts would link to no runbook.",
      hint: "Give runbook, or runbooks for the service or the platform: the generated runbooks are published below that URL.",
    },
  ];
}

const ALWAYS = ["alertname", "slo_service", "budget", "scope", "severity", "tier", "owner"];

function missingLabels({ platform }: Plan, { budget, groupLabels }: BudgetPlan): Finding[] {
  const carried = [...ALWAYS, ...groupLabels, ...Object.keys(budget.labels)];
  return platform.requiredLabels
    .filter((label) => !carried.includes(label))
    .map((label) => ({
      code: "missing-label",
      at: ["labels"],
      message: `the platform requires the label \`${label}\`, and this budget has none.`,
      hint: `Add labels: { ${label}: "…" }.`,
    }));
}
