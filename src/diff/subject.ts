/** What a plan consists of, as far as a reviewer is concerned: each with its facts, its alerts and its rules. */
import type { RuleGroup, SentAlert } from "../compile/plan.ts";
import type { Loosened } from "../model/service.ts";
import type { Fact } from "./facts/fact.ts";

export const subjectTypes = ["platform", "audience", "service", "slo", "budget", "experiment"] as const;

/** An audience is a team at one severity: who is notified, and where. */
export type SubjectType = (typeof subjectTypes)[number];

export interface Subject {
  readonly type: SubjectType;
  /** `service/slo`; of an audience `team severity`. */
  readonly id: string;
  /** Undefined for what belongs to no service. */
  readonly service: string | undefined;
  readonly owner: string | undefined;
  /** Ids it had before: with the names of its service, now and before. */
  readonly formerly: readonly string[];
  /** What it counts: as text that is equal where the same is counted. Empty for what counts nothing. */
  readonly counts: string;
  /** By what its series are distinguished, beside its name. */
  readonly groupLabels: readonly string[];
  /** How long what it counted matters; undefined for what counts nothing. */
  readonly memory: Memory | undefined;
  /** Of an experiment: what each SLI counts, by its name, and its cost. Their series are apart. */
  readonly parts?: ReadonlyMap<string, string>;
  /** Of a budget: what its sum goes on with. */
  readonly spend?: Spend;
  /** Of an SLO: from which objective it was lowered, and why. */
  readonly loosened?: Loosened | undefined;
  readonly facts: readonly Fact[];
  readonly alerts: readonly SentAlert[];
  readonly groups: readonly RuleGroup[];
}

/** As text that is equal where the same is meant. */
export interface Spend {
  readonly unit: string;
  readonly meter: string;
  /** Labels by which even what is overall is distinguished. */
  readonly identity: string;
}

/** How long what happened matters: a rolling window, or a period of the calendar. */
export type Memory =
  | { readonly kind: "rolling"; readonly seconds: number }
  | { readonly kind: "calendar"; readonly unit: string };

/** The value of a fact. */
export function factOf({ facts }: Subject, field: string): Fact | undefined {
  return facts.find((fact) => fact.field === field);
}
