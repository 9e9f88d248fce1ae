/** One service: its own fields, its SLOs, budgets and experiments one by one. */

import { sourceAt } from "../declare/call-site.ts";
import type { Experiment, Platform, Service, Slo, SpendBudget } from "../model/service.ts";
import { type ExperimentFields, experimentSchema, toExperiment } from "./experiment/experiment.ts";
import { withoutDropped } from "./read/dropped.ts";
import { halfCharacters } from "./read/half-characters.ts";
import { mistakesOf } from "./read/mistakes.ts";
import { isRecord } from "./read/plain-data.ts";
import { isOfAi } from "./read/preset-origin.ts";
import { type Problem, type Reading, read } from "./read/read.ts";
import { type ServiceFields, serviceSchema } from "./service/service-schema.ts";
import { runbookBase } from "./service/surroundings.ts";
import { contradictions } from "./slo/consistency.ts";
import { type SloFields, sloSchema } from "./slo/slo-schema.ts";
import { toSlo } from "./slo/to-slo.ts";
import { type SpendFields, spendSchema } from "./spend/spend-schema.ts";
import { toSpend } from "./spend/to-spend.ts";

/** A service as far as it could be read. */
export interface ReadService {
  readonly declared: unknown;
  /** How paths into it begin: its name, or its place in the list. */
  readonly root: readonly (string | number)[];
  readonly service: Service | undefined;
  readonly problems: readonly Problem[];
}

/** Reads the service at `index` of the list. */
export function parseService(
  declared: unknown,
  index: number,
  platform: Platform,
  root: ReadService["root"] = rootOf(declared, index),
): ReadService {
  const { value: fields, problems } = read(serviceSchema, declared);
  const slos = listIn(declared, "slos").map((slo) => readSlo(slo, fields ?? {}, platform));
  const budgets = listIn(declared, "budgets").map((budget) => read(spendSchema, budget));
  const experiments = listIn(declared, "experiments").map((experiment) => read(experimentSchema, experiment));
  return {
    declared,
    root,
    service: fields && toService(fields, { slos, budgets, experiments }, { declared, root, platform }),
    problems: [
      ...problems,
      ...halfCharacters(declared),
      ...slos.flatMap((slo, at) => within(["slos", at], slo.problems)),
      ...budgets.flatMap((budget, at) => within(["budgets", at], budget.problems)),
      ...experiments.flatMap((experiment, at) => within(["experiments", at], experiment.problems)),
    ],
  };
}

interface ReadSlo {
  readonly fields: SloFields | undefined;
  readonly problems: readonly Problem[];
}

function rootOf(declared: unknown, index: number): readonly (string | number)[] {
  const name = isRecord(declared) ? declared.name : undefined;
  return typeof name === "string" && name !== "" ? [name] : ["services", index];
}

function listIn(declared: unknown, key: "slos" | "budgets" | "experiments"): readonly unknown[] {
  const list = isRecord(declared) ? declared[key] : undefined;
  return Array.isArray(list) ? list : [];
}

function readSlo(declared: unknown, service: Partial<ServiceFields>, platform: Platform): ReadSlo {
  const mistakes = mistakesOf(declared);
  if (mistakes.length > 0) return { fields: undefined, problems: mistakes };
  const { kept, problems: dropped } = withoutDropped(declared);
  const { value, problems } = read(sloSchema, kept);
  const contradictory = value ? contradictions(value, service, platform) : [];
  return { fields: value, problems: [...dropped, ...problems, ...contradictory] };
}

function within(place: readonly (string | number)[], problems: readonly Problem[]): Problem[] {
  return problems.map((problem) => ({ ...problem, path: [...place, ...problem.path] }));
}

interface Members {
  readonly slos: readonly ReadSlo[];
  readonly budgets: readonly Reading<SpendFields>[];
  readonly experiments: readonly Reading<ExperimentFields>[];
}

interface Setting {
  readonly declared: unknown;
  readonly root: readonly (string | number)[];
  readonly platform: Platform;
}

function toService(
  fields: ServiceFields,
  { slos, budgets, experiments }: Members,
  { declared, root, platform }: Setting,
): Service {
  return {
    name: fields.name,
    description: fields.description,
    owner: fields.owner,
    runbooks: runbookBase(fields, platform),
    labels: fields.labels,
    ai: fields.ai ?? isAi(declared, budgets),
    formerly: fields.formerly,
    slos: slos.flatMap((slo, at): Slo[] => {
      if (!slo.fields) return [];
      return [
        toSlo(slo.fields, {
          platform,
          service: fields,
          path: [...root, "slos", at],
          source: sourceAt(declared, ["slos", at]),
        }),
      ];
    }),
    budgets: budgets.flatMap(({ value }, at): SpendBudget[] => {
      if (!value) return [];
      const source = sourceAt(declared, ["budgets", at]);
      return [toSpend(value, { platform, service: fields, path: [...root, "budgets", at], source })];
    }),
    experiments: experiments.flatMap(({ value }, at): Experiment[] => {
      if (!value) return [];
      const source = sourceAt(declared, ["experiments", at]);
      return [toExperiment(value, { platform, service: fields, path: [...root, "experiments", at], source })];
    }),
    source: sourceAt(declared, []),
  };
}

function isAi(declared: unknown, budgets: Members["budgets"]): boolean {
  const all = [...listIn(declared, "slos"), ...listIn(declared, "budgets")];
  return all.some(isOfAi) || budgets.some(({ value }) => value !== undefined && countsTokens(value));
}

function countsTokens({ kind, prices }: SpendFields): boolean {
  return kind === "tokens" || prices !== undefined;
}
