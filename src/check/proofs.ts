/** Tiers and experiments that no generated test proves, because their history is longer than promtool takes. */
import type { ExperimentPlan, SloPlan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import { printSeconds } from "../promql/duration.ts";
import { isComparisonProvable, isProvable } from "../prove/limits.ts";
import type { Check } from "./check.ts";

export const proofs: Check = {
  name: "proofs",
  check: ({ services }) =>
    services.flatMap(({ slos, experiments }) => [...slos.flatMap(ofTiers), ...experiments.flatMap(ofComparison)]),
};

const hint = "Nothing needs to be done: the same rules are proven for shorter windows.";

function ofTiers({ slo, tiers, measure }: SloPlan): Issue[] {
  return tiers
    .filter((tier) => !isProvable(tier, measure))
    .map((tier) => {
      const message = `no test proves tier ${tier.name} of ${slo.id}: ${printSeconds(tier.longSeconds)} of history is more than promtool takes.`;
      return issue("not-proven", [...slo.path, "alerting"], message, hint, slo.source);
    });
}

function ofComparison({ experiment, measure }: ExperimentPlan): Issue[] {
  if (isComparisonProvable(measure)) return [];
  const message = `no test proves ${experiment.id}: a difference that lasts ${printSeconds(experiment.forSeconds)} is more than promtool takes.`;
  return [issue("not-proven", [...experiment.path, "for"], message, hint, experiment.source)];
}
