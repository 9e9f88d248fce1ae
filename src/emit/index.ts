/** The registry of targets: a new one is a file in this folder and a line here. */
import type { Plan } from "../compile/plan.ts";
import { alertmanager } from "./alertmanager.ts";
import type { Emitted } from "./artifact.ts";
import { grafana } from "./grafana.ts";
import { kubernetes } from "./kubernetes.ts";
import { prometheus } from "./prometheus.ts";
import { proofs } from "./proofs.ts";
import { runbooks } from "./runbooks.ts";
import type { Target, Templates } from "./target.ts";

export const targets: readonly Target[] = [prometheus, proofs, alertmanager, grafana, runbooks, kubernetes];

/** Names of all targets, for the command line. */
export const targetNames: readonly string[] = targets.map((target) => target.name);

/** Every file of the chosen targets, in path order. */
export function emit(plan: Plan, templates: Templates, chosen: readonly string[] = targetNames): Emitted[] {
  const wanted = targets.filter((target) => chosen.includes(target.name));
  return wanted.flatMap((target) => target.emit(plan, templates)).sort((a, b) => (a.path < b.path ? -1 : 1));
}
