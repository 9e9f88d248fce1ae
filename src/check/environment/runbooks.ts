/** Whether whoever is woken finds a runbook. */
import type { SloPlan } from "../../compile/plan.ts";
import type { Check } from "../check.ts";
import { NO_RUNBOOK } from "../shared-names.ts";
import { type Finding, perServiceOrSlo } from "../walk.ts";

export const runbooks: Check = {
  name: "runbooks",
  check: (plan) =>
    perServiceOrSlo(plan, { find: (slo) => (lacksRunbook(slo) ? NO_RUNBOOK : undefined), ofAll: () => ofService }),
};

/** An SLO without alerts wakes nobody. Its rules may not be kept: they are read last. */
function lacksRunbook(slo: SloPlan): boolean {
  return slo.links.runbook === undefined && slo.alerts.length > 0;
}

const ofService: Finding = {
  ...NO_RUNBOOK,
  at: ["runbooks"],
  hint: 'Give runbooks: "https://…" in the platform, where pages are at <runbooks>/<service>/<slo> as they are generated, or here, where they are at <runbooks>/<slo>.',
};
