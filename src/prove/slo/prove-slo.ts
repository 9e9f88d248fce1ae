/** All proofs of one SLO. */
import type { SloPlan } from "../../compile/plan.ts";
import type { Platform } from "../../model/service.ts";
import { idOf, isSameAlert, type NotProven, type Proof, type Proven, startingOn } from "../proof.ts";
import { proveAbsence } from "./absence/absence.ts";
import { proveBroken, proveNothing } from "./absence/broken.ts";
import { proveMissed } from "./absence/missed.ts";
import { provePaused } from "./absence/paused.ts";
import { proveBudgetAlerts } from "./burn/budget-alerts.ts";
import { proveBurn, proveBurnOfGroup } from "./burn/burn.ts";
import { proveComposed } from "./counting/composed.ts";
import { proveCounting } from "./counting/counting.ts";
import { proveExcluded, quietDay } from "./excluded.ts";
import { proveSlices } from "./slices.ts";
import { anyStageOf, type Stage, stageOf, startingAt } from "./stage.ts";

/**
 * What is not shown is named: the alerts of the plan are asked, one by one.
 *
 * @param all - The SLOs of its service, whose rules are evaluated beside its own.
 */
export function proveSlo(plan: SloPlan, all: readonly SloPlan[], platform: Platform): Proven {
  const stage = stageOf(plan);
  const parts = typeof stage === "string" ? [proveNothing(plan, all, platform)] : onQuietDay(stage, plan, platform);
  const proofs = [
    ...parts.flatMap((part) => part.proofs),
    ...proveMissed(plan, platform),
    ...provePaused(plan, platform),
    ...proveComposed(plan, all),
    ...proveCalendar(plan, all),
  ];
  const shown = proofs.flatMap((proof) => proof.proves);
  const why = typeof stage === "string" ? stage : "no history of a test makes it fire";
  const known = parts.flatMap((part) => part.notProven);
  const missing = plan.alerts.map(idOf).filter((alert) => !shown.some((other) => isSameAlert(other, alert)));
  return {
    proofs,
    notProven: missing.map((alert): NotProven => known.find((one) => isSameAlert(one, alert)) ?? { ...alert, why }),
  };
}

/** Where something is excluded, a day on which nothing is; nothing is proven where there is none. */
function onQuietDay(stage: Stage, plan: SloPlan, platform: Platform): Proven[] {
  const { exclusions, evaluationSeconds } = plan.slo;
  if (exclusions.length === 0) return partsOf(stage, plan, platform);
  const startSeconds = quietDay(exclusions, evaluationSeconds);
  return partsOf(startingAt(stage, startSeconds ?? 0), plan, platform).map(({ proofs, notProven }) => ({
    proofs: startSeconds === undefined ? [] : proofs.map((proof) => startingOn(proof, startSeconds)),
    notProven,
  }));
}

function partsOf(stage: Stage, plan: SloPlan, platform: Platform): Proven[] {
  return [
    proveBurn(stage, plan, platform),
    { proofs: proveBurnOfGroup(stage, plan, platform), notProven: [] },
    { proofs: proveBudgetAlerts(stage, platform), notProven: [] },
    { proofs: proveCounting(stage, plan), notProven: [] },
    proveAbsence(stage, plan, platform),
    proveBroken(stage, plan, platform),
  ];
}

/** What depends on the clock: slices of events, and exclusions. */
function proveCalendar(plan: SloPlan, all: readonly SloPlan[]): Proof[] {
  const stage = anyStageOf(plan);
  return typeof stage === "string" ? [] : [...proveSlices(stage), ...proveExcluded(stage, plan, all)];
}
