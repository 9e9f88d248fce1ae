/** Whether whoever is woken finds a runbook. */
import type { SloPlan } from "../compile/plan.ts";
import type { Check } from "./check.ts";
import { type Finding, perServiceOrSlo } from "./walk.ts";

export const runbooks: Check = {
  name: "runbooks",
  check: (plan) =>
    perServiceOrSlo(plan, { find: (slo) => (lacksRunbook(slo) ? ofSlo : undefined), ofAll: () => ofService }),
};

/** An SLO without alerts wakes nobody. */
function lacksRunbook({ links, alerts }: SloPlan): boolean {
  return links.runbook === undefined && alerts.length > 0;
}

const message = "its alerts would link to no runbook.";

const ofSlo: Finding = {
  code: "missing-runbook",
  at: ["runbook"],
  message,
  hint: "Give runbook, or runbooks for the service or the platform: the generated runbooks are published below that URL.",
};

const ofService: Finding = {
  ...ofSlo,
  at: ["runbooks"],
  hint: 'Give runbooks: "https://…", here or in the platform: the generated runbooks are published below it.',
};
