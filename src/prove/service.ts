/** All proofs of one service, and what is not proven. */
import type { ServicePlan, SloPlan } from "../compile/plan.ts";
import type { Platform } from "../model/service.ts";
import { printSeconds } from "../promql/duration.ts";
import { proveExperiment } from "./experiment/prove-experiment.ts";
import { idOf, type NotProven, type Proven } from "./proof.ts";
import { type Run, sharedRuns } from "./shared-runs.ts";
import { proveTargetsDown } from "./slo/absence/targets-down.ts";
import { proveSlo } from "./slo/prove-slo.ts";
import { proveSpend } from "./spend/prove-spend.ts";

export interface ProvenService {
  /** promtool takes no heed of a group's own interval: all of a file are evaluated at this one. In seconds. */
  readonly everySeconds: number;
  readonly runs: readonly Run[];
  /** By the name of the SLO, budget or experiment; of the service itself under its own name. */
  readonly notProven: readonly (NotProven & { readonly name: string })[];
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
    [plan.service.name, proveTargetsDown(plan, platform, everySeconds)],
    ...plan.slos.map((one): [string, Proven] => [one.slo.name, inStep(one, plan.slos, platform, everySeconds)]),
    ...plan.budgets.map((one): [string, Proven] => [one.budget.name, proveSpend(one, everySeconds)]),
    ...plan.experiments.map((one): [string, Proven] => [
      one.experiment.name,
      proveExperiment(one, platform, everySeconds),
    ]),
  ];
  let runs: readonly Run[] | undefined;
  return {
    everySeconds,
    // Only files need them: what is not proven is known before.
    get runs() {
      runs ??= sharedRuns(parts.flatMap(([, { proofs }]) => proofs));
      return runs;
    },
    notProven: parts.flatMap(([name, { notProven }]) => notProven.map((one) => ({ ...one, name }))),
  };
}

function inStep(plan: SloPlan, all: readonly SloPlan[], platform: Platform, everySeconds: number): Proven {
  const { evaluationSeconds: own } = plan.slo;
  if (own === everySeconds) return proveSlo(plan, all, platform);
  const why = `promtool evaluates all rules of a file at once, and these only every ${printSeconds(own)}`;
  return { proofs: [], notProven: plan.alerts.map((alert) => ({ ...idOf(alert), why })) };
}

function mostOften(values: readonly number[]): number | undefined {
  const times = (value: number): number => values.filter((other) => other === value).length;
  return [...values].sort((a, b) => times(b) - times(a) || a - b)[0];
}
