/** Who is notified of what single values of a budget spend. */
import { receiverOf, severities } from "../compile/audience.ts";
import type { Plan, SpendPlan } from "../compile/plan.ts";
import { teamsOf } from "../compile/spend/teams.ts";
import type { Severity } from "../model/service.ts";
import type { Section } from "./section.ts";

/** Where it is not the owner alone: each team with its values, and what reaches it by severity. */
export function notifiedSection(plan: Plan, of: SpendPlan): Section {
  const { budget } = of;
  const teams = teamsOf(of);
  const row = (who: string, team: string) => [who, team, ...severities.map((each) => reached(plan, team, each))];
  const ofValues = teams.map(({ team, values }) => row(`${budget.by[0]} ${values.join(", ")}`, team));
  return {
    title: "Who is notified",
    head: ["of", "team", ...severities],
    rows: teams.length === 0 ? [] : [...ofValues, row("all else", budget.owner)],
  };
}

function reached({ platform }: Plan, team: string, severity: Severity): string {
  const receiver = receiverOf(platform, team, severity);
  return receiver === undefined ? "–" : Object.keys(receiver).sort().join(", ");
}
