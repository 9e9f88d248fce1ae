/** The rule groups that a server has loaded, as its HTTP API gives them. */
import { ask, type Connection } from "./prometheus.ts";

/** Times in seconds. */
export interface LoadedGroup {
  readonly name: string;
  readonly interval: number;
  /** Of the year 1 where it was never evaluated. */
  readonly lastEvaluation: string;
  readonly rules: readonly LoadedRule[];
}

export interface LoadedRule {
  readonly type: "recording" | "alerting";
  readonly name: string;
  readonly query: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly duration?: number;
  readonly keepFiringFor?: number;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly health: string;
  readonly lastError?: string;
}

/**
 * All of them, without the alerts that fire.
 *
 * @throws {NoAnswer} where the server gives none.
 */
export async function askGroups(to: Connection): Promise<readonly LoadedGroup[]> {
  return (await ask<{ readonly groups: readonly LoadedGroup[] }>(to, "rules", { exclude_alerts: "true" })).groups;
}
