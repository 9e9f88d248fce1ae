/** Teams that are notified of single values of a budget, in place of the budget's owner. */
import type { SentAlert, SpendPlan } from "../plan.ts";

/** A team, and the values of the `by` label that are its own. */
export interface TeamOfValues {
  readonly team: string;
  readonly values: readonly string[];
}

/** By team, in name order. */
export function teamsOf({ budget }: Pick<SpendPlan, "budget">): TeamOfValues[] {
  const teams = [...new Set(Object.values(budget.receivers))].sort();
  return teams.map((team) => ({
    team,
    values: Object.keys(budget.receivers).filter((value) => budget.receivers[value] === team),
  }));
}

/** Whether an alert is about what a value spends. That spending is not counted correctly is for whoever owns the budget. */
export function isOfValue({ labels }: SentAlert): boolean {
  return !OWNERS_TIERS.some((tier) => tier === labels.tier);
}

/** Tiers of alerts that are always for the owner. */
export const OWNERS_TIERS = ["broken", "no-data"] as const;
