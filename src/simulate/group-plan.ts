/** An SLO as it is for a group that has an objective of its own. */
import type { SloPlan } from "../compile/plan.ts";
import { tierWith } from "../compile/tiers/objectives.ts";
import type { GroupObjective } from "../model/service.ts";

/** The same plan with the group's budget and thresholds. */
export function planForGroup(plan: SloPlan, { objectivePercent, errorBudget }: GroupObjective): SloPlan {
  const { slo, tiers } = plan;
  return {
    ...plan,
    slo: { ...slo, objectivePercent, errorBudget, objectives: [] },
    tiers: tiers.map((tier) => tierWith(tier, errorBudget, slo)),
  };
}
