/** Whether every SLO declares the labels that the platform asks for. */
import type { SloPlan } from "../compile/plan.ts";
import type { Check } from "./check.ts";
import { type Finding, perServiceOrSlo } from "./walk.ts";

/** Labels that every alert carries anyway. */
const ALWAYS = ["alertname", "slo_service", "slo", "severity", "tier", "owner"];

export const requiredLabels: Check = {
  name: "required-labels",
  check: (plan) =>
    plan.platform.requiredLabels.flatMap((label) =>
      perServiceOrSlo(plan, {
        find: (slo) => (carries(slo, label) ? undefined : missing(label, "this SLO")),
        ofAll: () => missing(label, "this service"),
      }),
    ),
};

function carries({ slo, groupLabels }: SloPlan, label: string): boolean {
  return ALWAYS.includes(label) || groupLabels.includes(label) || Object.hasOwn(slo.labels, label);
}

function missing(label: string, owner: string): Finding {
  return {
    code: "missing-label",
    at: ["labels"],
    message: `the platform requires the label \`${label}\`, and ${owner} has none.`,
    hint: `Add labels: { ${label}: "…" }.`,
  };
}
