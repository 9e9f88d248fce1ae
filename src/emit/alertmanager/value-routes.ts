/** Routes of single values of a budget: what a team spends is for that team, and no longer for the budget's owner. */
import type { Audience } from "../../compile/audience.ts";
import type { Plan, SpendPlan } from "../../compile/plan.ts";
import { isOfValue, OWNERS_TIERS, type TeamOfValues, teamsOf } from "../../compile/spend/teams.ts";
import type { Matcher } from "../../promql/ast.ts";
import { budgetTiming, route } from "./audience-routes.ts";
import type { Route } from "./config.ts";
import { isOneOf } from "./matcher.ts";
import { receiverName, routedAudiences } from "./receivers/receivers.ts";

/** They stand before the owner's. Of a severity at which the team is not notified, the owner is. */
export function valueRoutes(plan: Plan): Route<Matcher>[] {
  const budgets = plan.services.flatMap((service) => service.budgets);
  return budgets.flatMap((budget) => teamsOf(budget).flatMap((team) => routesOfTeam(plan, budget, team)));
}

/** Whether a team is notified of its values at this severity. */
export function hears({ owner, severity }: Audience, budget: SpendPlan, { team }: TeamOfValues): boolean {
  return owner === team && budget.alerts.some((alert) => alert.severity === severity && isOfValue(alert));
}

function routesOfTeam(plan: Plan, budget: SpendPlan, team: TeamOfValues): Route<Matcher>[] {
  const { slo_service, name, owner, label } = idOf(budget);
  const only = [
    isOneOf("slo_service", [slo_service]),
    isOneOf("budget", [name]),
    isOneOf(label, team.values),
    { label: "tier", op: "!~", value: OWNERS_TIERS.join("|") } as const,
  ];
  return routedAudiences(plan)
    .filter((audience) => hears(audience, budget, team))
    .map(({ severity }) => {
      const owners = route(plan, { owner, severity }, only, budgetTiming(severity, [budget]));
      return { ...owners, receiver: receiverName(team.team, severity) };
    });
}

function idOf({ budget }: SpendPlan) {
  return { slo_service: budget.service, name: budget.name, owner: budget.owner, label: budget.by[0] ?? "" };
}
