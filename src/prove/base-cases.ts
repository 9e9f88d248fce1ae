/** Histories that a tier must tell apart: an outage, and burns just below and just above its threshold. */
import { detectionSeconds } from "../compile/maths.ts";
import { groupWords, tierWith } from "../compile/objectives.ts";
import type { SloPlan, TierPlan } from "../compile/plan.ts";
import type { GroupObjective } from "../model/service.ts";
import { type Phase, phase } from "./timeline.ts";

/** One history with what it claims of each tier. */
export interface Case {
  readonly name: string;
  readonly phases: readonly Phase[];
  readonly rising: readonly TierPlan[];
  readonly silent: readonly TierPlan[];
  /** Of a group with an objective of its own. */
  readonly group?: GroupObjective;
}

/** One group of every objective, around its own thresholds. */
export function listedCases(tiers: readonly TierPlan[], { slo }: SloPlan): Case[] {
  return slo.objectives.flatMap((group) => {
    const own = tiers.map((tier) => tierWith(tier, group.errorBudget, slo));
    const named = (one: Case): Case => ({ ...one, name: `${one.name}, ${groupWords(group)}`, group });
    return own.flatMap((tier) => [named(below(tier)), named(above(tier))]);
  });
}

export function outage(tiers: readonly TierPlan[]): Case {
  const detection = Math.max(
    ...tiers.map((tier) => detectionSeconds(tier.longSeconds, tier.threshold, 1) + tier.forSeconds),
  );
  const short = Math.max(...tiers.map((tier) => tier.shortSeconds));
  const phases = [phase(short / 3, 0), phase(detection + short / 3, 1), phase(short * 1.2, 0)];
  return { name: "outage", phases, rising: tiers, silent: [] };
}

export function below(tier: TierPlan): Case {
  return {
    name: `${tier.name} at 0.9`,
    phases: [phase(tier.longSeconds, 0.9 * tier.threshold)],
    rising: [],
    silent: [tier],
  };
}

/** From a cold start: the part of the window that is not there yet counts as good. */
export function above(tier: TierPlan): Case {
  const share = Math.min(1, 1.1 * tier.threshold);
  return {
    name: `${tier.name} at 1.1`,
    phases: [phase(tier.longSeconds + tier.forSeconds, share)],
    rising: [tier],
    silent: [],
  };
}
