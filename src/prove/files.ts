/** All generated tests of a service that its rules take part in, file by file: promtool ignores a group's own interval. */
import type { RuleGroup, ServicePlan } from "../compile/plan.ts";
import { printSeconds } from "../promql/duration.ts";
import { proveBudget } from "./budget-proofs.ts";
import { proveExperimentsTogether, proveLongTogether, proveShortTogether } from "./pack.ts";
import type { Proof } from "./proof.ts";

/** Proofs that share a rule file and an evaluation interval. */
export interface ProofFile {
  /** What its name has after the service's. */
  readonly suffix: string;
  readonly rules: { readonly file: RuleGroup["file"]; readonly of: "slos" | "budgets" | "experiments" };
  readonly intervalSeconds: number;
  readonly proofs: readonly Proof[];
}

/** Without files that would be empty. `usual`: the platform's evaluation interval, which no file name repeats. */
export function proofFiles(service: ServicePlan, usual: number): readonly ProofFile[] {
  const files = made.get(service) ?? allFiles(service, usual);
  made.set(service, files);
  return files;
}

/** A service's plan is of one platform. The check and the target both ask, and histories are dear. */
const made = new WeakMap<ServicePlan, readonly ProofFile[]>();

function allFiles(service: ServicePlan, usual: number): ProofFile[] {
  return [
    ...shortFiles(service, usual),
    ...longFiles(service),
    ...budgetFiles(service),
    ...experimentFiles(service),
  ].filter(({ proofs }) => proofs.length > 0);
}

function shortFiles({ slos }: ServicePlan, usual: number): ProofFile[] {
  return byInterval(slos, (slo) => slo.measure.intervalSeconds).map(([intervalSeconds, some]) => ({
    suffix: intervalSeconds === usual ? "" : `.${printSeconds(intervalSeconds)}`,
    rules: { file: "rules", of: "slos" },
    intervalSeconds,
    proofs: proveShortTogether(some),
  }));
}

function longFiles({ slos }: ServicePlan): ProofFile[] {
  const tiled = slos.filter((slo) => slo.measure.needsTiles);
  return byInterval(tiled, (slo) => slo.measure.tileSeconds).map(([intervalSeconds, some], index) => ({
    suffix: suffixOf("long", intervalSeconds, index),
    rules: { file: "long", of: "slos" },
    intervalSeconds,
    proofs: proveLongTogether(some),
  }));
}

/** Budgets are proven from a recorded base, at the interval at which tiles are taken. */
function budgetFiles({ budgets }: ServicePlan): ProofFile[] {
  return byInterval(budgets, ({ measure }) => measure.tileSeconds).map(([intervalSeconds, some], index) => ({
    suffix: suffixOf("budgets", intervalSeconds, index),
    rules: { file: "long", of: "budgets" },
    intervalSeconds,
    proofs: some.flatMap(proveBudget),
  }));
}

/** The same of experiments, at the interval at which groups are compared. */
function experimentFiles({ experiments }: ServicePlan): ProofFile[] {
  return byInterval(experiments, ({ measure }) => measure.compareSeconds).map(([intervalSeconds, some], index) => ({
    suffix: suffixOf("experiments", intervalSeconds, index),
    rules: { file: "long", of: "experiments" },
    intervalSeconds,
    proofs: proveExperimentsTogether(some),
  }));
}

function suffixOf(what: string, intervalSeconds: number, index: number): string {
  return index === 0 ? `.${what}` : `.${what}.${printSeconds(intervalSeconds)}`;
}

function byInterval<T>(all: readonly T[], of: (one: T) => number): [number, T[]][] {
  const intervals = [...new Set(all.map(of))].sort((a, b) => a - b);
  return intervals.map((interval) => [interval, all.filter((one) => of(one) === interval)]);
}
