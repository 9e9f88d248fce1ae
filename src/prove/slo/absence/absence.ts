/** Alerts on an SLO that nobody can judge any more: its targets or its series go and come back, or bad events are all there is. */
import { alerts } from "../../../compile/alert-names.ts";
import type { SloPlan } from "../../../compile/plan.ts";
import type { Platform } from "../../../model/service.ts";
import { HOUR, MINUTE } from "../../../time/units.ts";
import type { NotProven, Proof, Proven } from "../../proof.ts";
import type { Stage } from "../stage.ts";
import { onlyErrors } from "./only-errors.ts";
import { vanishing } from "./vanishing.ts";

export function proveAbsence(stage: Stage, plan: SloPlan, platform: Platform): Proven {
  const all = plan.alerts.flatMap(({ labels }): (Proof | NotProven)[] => {
    if (labels.tier === alerts.onlyErrors.tier) return [onlyErrors(stage, plan, platform)];
    if (labels.tier !== alerts.noData.tier) return [];
    const { reason = "", job } = labels;
    const [targetsStay, forSeconds] = reason === "no-targets" ? [false, 20 * MINUTE] : [true, 3 * HOUR];
    return [vanishing({ reason, job, forSeconds, targetsStay }, stage, platform)];
  });
  return sorted(all);
}

/** What is proven, and what is not. */
export function sorted(all: readonly (Proof | NotProven)[]): Proven {
  return {
    proofs: all.flatMap((each) => ("expectations" in each ? [each] : [])),
    notProven: all.flatMap((each) => ("why" in each ? [each] : [])),
  };
}
