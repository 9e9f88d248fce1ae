/** A set of rules to be measured, and how to read what it records. */
import type { BenchSlo } from "./slo.ts";

export interface Peer {
  readonly name: string;
  /** How old its readings are by design. */
  readonly settleMs: number;
  /** Rule files for these SLOs, written to the folder, for scrapes and evaluations at an interval. */
  readonly rules: (folder: string, slos: readonly BenchSlo[], everySeconds: number) => readonly string[];
  readonly windows: readonly WindowSeries[];
  readonly period: PeriodSeries;
  /** Labels of its alerts that say which SLO they are of. */
  readonly alertOf: (slo: BenchSlo) => Readonly<Record<string, string>>;
  /** Names of its alerts, by tier, with the labels that tell them apart. */
  readonly alerts: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What has told an alert already, so that it does not begin: alerts of these tiers, and for so long after them. */
  readonly toldBy?: Readonly<Record<string, { readonly tiers: readonly string[]; readonly forSeconds: number }>>;
  /** How long an alert goes on after its condition has ended, by tier. */
  readonly keptSeconds?: Readonly<Record<string, number>>;
  /** Series whose rules are enough for the period. */
  readonly periodOnly: readonly string[];
}

/** A recorded error ratio. */
export interface WindowSeries {
  readonly seconds: number;
  /** Burn rate of the tier that reads it. */
  readonly burn: number;
  readonly labels: (slo: BenchSlo) => Readonly<Record<string, string>>;
}

/** What is recorded about the whole period. */
export interface PeriodSeries {
  readonly seconds: number;
  readonly labels: (slo: BenchSlo) => Readonly<Record<string, string>>;
  /** The error ratio that a value means. */
  readonly ratio: (value: number, errorBudget: number) => number;
}

/** Windows that all peers have, or nearly: in seconds, with the burn rate of their tier. */
export const WINDOWS = [
  { seconds: 300, burn: 14.4 },
  { seconds: 3600, burn: 14.4 },
  { seconds: 21_600, burn: 6 },
  { seconds: 86_400, burn: 3 },
  { seconds: 259_200, burn: 1 },
] as const;

export function windowName(seconds: number): string {
  if (seconds % 86_400 === 0) return `${seconds / 86_400}d`;
  return seconds % 3600 === 0 ? `${seconds / 3600}h` : `${seconds / 60}m`;
}

export function errorBudgetOf({ objective }: BenchSlo): number {
  return (1e8 - Math.round(objective * 1e6)) / 1e8;
}
