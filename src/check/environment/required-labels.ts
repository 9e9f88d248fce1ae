/** Whether every SLO declares the labels that the platform asks for. */
import type { SloPlan } from "../../compile/plan.ts";
import type { Check } from "../check.ts";
import { ALWAYS, missingLabel } from "../shared-names.ts";
import { perServiceOrSlo } from "../walk.ts";

export const requiredLabels: Check = {
  name: "required-labels",
  check: (plan) =>
    plan.platform.requiredLabels.flatMap((label) =>
      perServiceOrSlo(plan, {
        find: (slo) => (carries(slo, label) ? undefined : missingLabel(label, "SLO")),
        ofAll: () => missingLabel(label, "service"),
      }),
    ),
};

function carries({ slo, groupLabels }: SloPlan, label: string): boolean {
  return [...ALWAYS, "slo", ...groupLabels].includes(label) || Object.hasOwn(slo.labels, label);
}
