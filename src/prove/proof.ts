/** What a generated test is made of: histories, and what must and must not fire in them. Times in seconds from the start. */
import type { AlertingRule } from "../compile/plan.ts";
import { HOUR } from "../time/units.ts";
import type { InputSeries } from "./series-text.ts";

/** What one SLO, budget, experiment or service has to show. */
export interface Proven {
  readonly proofs: readonly Proof[];
  readonly notProven: readonly NotProven[];
}

/** One history of one SLO, budget, experiment or service. Proofs of the same scenario share a test where their series do not meet. */
export interface Proof {
  /** What is shown, for a test's name: "page-fast fires, and ends". Proofs that share it may share a run. */
  readonly scenario: string;
  /** `error-rate`: the name of the one whose history it is. */
  readonly name: string;
  /** The history and what comes of it, in a sentence: above its expectations. */
  readonly story: string;
  /** Unix time at which the history starts; 0 where the calendar does not matter. */
  readonly startSeconds?: number;
  /** Seconds between samples of the input. */
  readonly everySeconds: number;
  /** Seconds between evaluations of the rules. Default: as they are deployed. */
  readonly evaluatedSeconds?: number;
  /** Seconds that the history must last at least. */
  readonly untilSeconds: number;
  /** The history, written as series up to a time that is no earlier: who shares a run stays as it is at its end. */
  readonly series: (untilSeconds: number) => readonly InputSeries[];
  readonly expectations: readonly Expectation[];
  /** Alerts that fire in it. */
  readonly proves: readonly AlertId[];
  /** The same in as short a history as can be, for a run of its own. */
  readonly brief?: () => Proof | undefined;
  /** When its series come and go, where nothing else counts: those that do so at the same times may read each other's. */
  readonly alike?: string;
  /** Whether no other history may run beside it: it is about targets, which all share. */
  readonly alone?: boolean;
}

/** What a query must give at one instant; no samples: nothing. */
export interface Expectation {
  readonly atSeconds: number;
  readonly query: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  /** As promtool reads them: `{slo="error-rate"}`. */
  readonly labels: string;
  readonly value: number;
}

/** What distinguishes the alerts of one SLO, budget or experiment. */
export interface AlertId {
  readonly alert: string;
  readonly tier: string;
  readonly reason?: string;
}

/** An alert that fires in no generated test, and why. */
export interface NotProven extends AlertId {
  readonly why: string;
}

/** What an alerting rule is called here. */
export function idOf({ alert, labels }: Pick<AlertingRule, "alert" | "labels">): AlertId {
  const { tier = "", reason } = labels;
  return { alert, tier, ...(reason === undefined ? {} : { reason }) };
}

/** Whether both are of one alert. */
export function isSameAlert(one: AlertId, other: AlertId): boolean {
  return one.alert === other.alert && one.tier === other.tier && one.reason === other.reason;
}

/** The same history at a Unix time, also in brief. */
export function startingOn(proof: Proof, startSeconds: number): Proof {
  const brief = (): Proof | undefined => {
    const shorter = proof.brief?.();
    return shorter && startingOn(shorter, startSeconds);
  };
  return { ...proof, startSeconds, ...(proof.brief && { brief }) };
}

/**
 * Rules that are evaluated so seldom live through weeks in some hundred evaluations, and see nothing of what they evaluate
 * often: such histories are series that the rules recorded.
 */
export const SELDOM_SECONDS = 6 * HOUR;

/** An evaluation, and the next one after such a pause: over three days, and whole ones. */
export const PAUSE_SECONDS = 96 * HOUR;

/** The longest a test may be, in evaluations: promtool takes a second for some tens of them. */
export const MOST_EVALUATIONS = 1000;
