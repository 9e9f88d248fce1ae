/** All proofs of one service, and what is not proven. */
import type { ServicePlan } from "../compile/plan.ts";
import type { Platform } from "../model/service.ts";
import { proveExperiment } from "./experiment/prove-experiment.ts";
import { packed, type Run } from "./pack.ts";
import type { NotProven, Proven } from "./proof.ts";
import { proveSlo } from "./slo.ts";
import { proveBudget } from "./spend/prove-budget.ts";
import { proveTargetsDown } from "./targets-down.ts";

export interface ProvenService {
  /** promtool takes no heed of a group's own interval: all of a file are evaluated at this one. In seconds. */
  readonly everySeconds: number;
  readonly runs: readonly Run[];
  /** By the name of the SLO, budget or experiment; of the service itself under its own name. */
  readonly notProven: readonly (NotProven & { readonly subject: string })[];
}

/** Once for a plan, whoever asks. */
export function proveService(plan: ServicePlan, platform: Platform): ProvenService {
  const known = all.get(plan);
  if (known) return known;
  const proven = prove(plan, platform);
  all.set(plan, proven);
  return proven;
}

const all = new WeakMap<ServicePlan, ProvenService>();

function prove(plan: ServicePlan, platform: Platform): ProvenService {
  const intervals = [
    ...plan.slos.map(({ slo }) => slo),
    ...plan.budgets.map(({ budget }) => budget),
    ...plan.experiments.map(({ experiment }) => experiment),
  ];
  const everySeconds = mostOften(intervals.map((each) => each.evaluationSeconds)) ?? platform.evaluationSeconds;
  const parts: [string, Proven][] = [
    [plan.service.name, proveTargetsDown(plan, platform)],
    ...plan.slos.map((slo): [string, Proven] => [slo.slo.name, proveSlo(slo, platform)]),
    ...plan.budgets.map((one): [string, Proven] => [one.budget.name, proveBudget(one, everySeconds)]),
    ...plan.experiments.map((one): [string, Proven] => [
      one.experiment.name,
      proveExperiment(one, platform, everySeconds),
    ]),
  ];
  return {
    everySeconds,
    runs: packed(parts.flatMap(([, { proofs }]) => proofs)),
    notProven: parts.flatMap(([subject, { notProven }]) => notProven.map((one) => ({ ...one, subject }))),
  };
}

function mostOften(values: readonly number[]): number | undefined {
  const times = (value: number): number => values.filter((other) => other === value).length;
  return [...values].sort((a, b) => times(b) - times(a) || a - b)[0];
}
