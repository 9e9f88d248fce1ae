/** All proofs of one SLO. */
import type { SloPlan } from "../../compile/plan.ts";
import type { Platform } from "../../model/service.ts";
import { type AlertId, idOf, type NotProven, type Proven } from "../proof.ts";
import { proveAbsence } from "./absence/absence.ts";
import { proveBroken, proveNothing } from "./absence/broken.ts";
import { proveMissed } from "./absence/missed.ts";
import { proveBudgetAlerts } from "./burn/budget-alerts.ts";
import { proveBurn, proveBurnOfGroup } from "./burn/burn.ts";
import { proveCounting } from "./counting/counting.ts";
import { type Subject, subjectOf } from "./subject.ts";

/**
 * What is not shown is named: the alerts of the plan are asked, one by one.
 *
 * @param all - The SLOs of its service, whose rules are evaluated beside its own.
 */
export function proveSlo(plan: SloPlan, all: readonly SloPlan[], platform: Platform): Proven {
  const subject = subjectOf(plan);
  const parts = typeof subject === "string" ? [proveNothing(plan, all, platform)] : partsOf(subject, plan, platform);
  const proofs = [...parts.flatMap((part) => part.proofs), ...proveMissed(plan, platform)];
  const shown = proofs.flatMap((proof) => proof.proves);
  const why = typeof subject === "string" ? subject : "nothing shows it";
  const known = parts.flatMap((part) => part.notProven);
  const missing = plan.alerts.map(idOf).filter((alert) => !shown.some((other) => isSame(other, alert)));
  return {
    proofs,
    notProven: missing.map((alert): NotProven => known.find((one) => isSame(one, alert)) ?? { ...alert, why }),
  };
}

function partsOf(subject: Subject, plan: SloPlan, platform: Platform): Proven[] {
  return [
    proveBurn(subject, plan, platform),
    { proofs: proveBurnOfGroup(subject, plan, platform), notProven: [] },
    { proofs: proveBudgetAlerts(subject, platform), notProven: [] },
    { proofs: proveCounting(subject, plan), notProven: [] },
    proveAbsence(subject, plan, platform),
    proveBroken(subject, plan, platform),
  ];
}

function isSame(one: AlertId, other: AlertId): boolean {
  return one.alert === other.alert && one.tier === other.tier && one.reason === other.reason;
}
