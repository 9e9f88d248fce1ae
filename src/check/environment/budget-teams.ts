/** Whether the teams that a budget names for its values are there, and whether every value that is limited has one. */
import type { Plan } from "../../compile/plan.ts";
import { type Issue, issue } from "../../issue.ts";
import type { SpendBudget } from "../../model/service.ts";
import { nearest } from "../../parse/read/nearest.ts";
import type { Check } from "../check.ts";

export const budgetTeams: Check = {
  name: "budget teams",
  check: ({ services, platform }: Plan) => {
    const teams = Object.keys(platform.receivers);
    const budgets = services.flatMap((service) => service.budgets).map(({ budget }) => budget);
    return budgets
      .filter(({ receivers }) => Object.keys(receivers).length > 0)
      .flatMap((budget) => [...unknownTeams(budget, teams), ...withoutTeam(budget), ...withoutLimit(budget)]);
  },
};

/** Its alerts would reach whoever is the default. Where nobody has receivers yet, that is an issue of its own. */
function unknownTeams(budget: SpendBudget, teams: readonly string[]): Issue[] {
  if (teams.length === 0) return [];
  const unknown = Object.entries(budget.receivers).filter(([, team]) => !teams.includes(team));
  return unknown.map(([value, team]) => {
    const meant = nearest(team, teams);
    return issue(
      "unknown-team",
      [...budget.path, "receivers", value],
      `no receivers are declared for the team \`${team}\`.`,
      meant === undefined
        ? `Declare platform.receivers["${team}"], or name one of ${teams.join(", ")}.`
        : `Did you mean \`${meant}\`?`,
      budget.source,
    );
  });
}

/** A limit of its own, and nobody of its own to answer for it: most often a value that was added later. */
function withoutTeam(budget: SpendBudget): Issue[] {
  const missing = Object.keys(budget.limits).filter((value) => budget.receivers[value] === undefined);
  return missing.map((value) =>
    issue(
      "value-without-team",
      [...budget.path, "limits", value],
      `\`${value}\` has a limit and no team in receivers, so ${budget.owner} is notified of its spending.`,
      `Name its team, or say that it is the owner: receivers: { "${value}": "${budget.owner}" }.`,
      budget.source,
    ),
  );
}

/** Nothing is ever reported of a value without a limit. */
function withoutLimit(budget: SpendBudget): Issue[] {
  if (budget.limitEach !== undefined) return [];
  const idle = Object.keys(budget.receivers).filter((value) => budget.limits[value] === undefined);
  return idle.map((value) =>
    issue(
      "receiver-unused",
      [...budget.path, "receivers", value],
      `\`${value}\` has no limit, so nothing of it reaches ${budget.receivers[value]}.`,
      "Give it a limit in `limits`, or all others one by `limitEach`.",
      budget.source,
    ),
  );
}
