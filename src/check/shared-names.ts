/** What is asked of SLOs, budgets and experiments alike. */
import type { Plan, RuleGroup } from "../compile/plan.ts";
import type { IssuePath } from "../issue.ts";
import type { Finding } from "./walk.ts";

/** Whether whoever is notified finds a runbook. */
export function missingRunbook({ runbook }: { readonly runbook: string | undefined }): Finding[] {
  return runbook === undefined ? [NO_RUNBOOK] : [];
}

export const NO_RUNBOOK: Finding = {
  code: "missing-runbook",
  at: ["runbook"],
  message: "its alerts would link to no runbook.",
  hint: "Give runbook, or runbooks for the service (its pages are at <runbooks>/<slo>) or the platform (<runbooks>/<service>/<slo>, as they are generated).",
};

/** Labels that alerts of every sort carry. */
export const ALWAYS = ["alertname", "slo_service", "severity", "tier", "owner"];

/** Labels that the platform asks for and that no alert of this one would carry. */
export function missingLabels({ platform }: Plan, what: string, carried: readonly string[]): Finding[] {
  return platform.requiredLabels
    .filter((label) => ![...ALWAYS, ...carried].includes(label))
    .map((label) => missingLabel(label, what));
}

export function missingLabel(label: string, what: string): Finding {
  return {
    code: "missing-label",
    at: ["labels"],
    message: `the platform requires the label \`${label}\`, and this ${what} has none.`,
    hint: `Add labels: { ${label}: "…" }.`,
  };
}

/** Whether the ruler takes each group. */
export function tooManyRules(
  { platform }: Plan,
  groups: readonly RuleGroup[],
  { at, fewer }: { readonly at: IssuePath; readonly fewer: string },
): Finding[] {
  const most = platform.ruler.rulesPerGroup;
  const large = groups.find((group) => group.rules.length > most);
  if (!large) return [];
  return [
    {
      code: "too-many-rules",
      at,
      message: `the group ${large.name} has ${large.rules.length} rules, and the ruler takes ${most}.`,
      hint: `${fewer}; where the ruler takes more, say so in the platform's ruler.rulesPerGroup.`,
    },
  ];
}
