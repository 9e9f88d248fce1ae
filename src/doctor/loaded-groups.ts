/** The rule groups that a server has loaded, as its HTTP API gives them. */
import type { LoadedGroup, LoadedRule } from "../promql/loaded-rules.ts";
import { ruleGroups } from "./ask/answers.ts";
import type { Connection } from "./ask/no-answer.ts";
import { ask } from "./ask/prometheus.ts";

/** With what the server knows of its evaluations. */
export interface EvaluatedGroup extends LoadedGroup<EvaluatedRule> {
  /** Of the year 1 where it was never evaluated. */
  readonly lastEvaluation: string;
  /** Seconds that the last one took, where the server says so. */
  readonly evaluationTime?: number;
}

interface EvaluatedRule extends LoadedRule {
  readonly health?: string;
  readonly lastError?: string;
}

/**
 * All of them, without the alerts that fire.
 *
 * @throws {NoAnswer} where the server gives none.
 */
export async function askGroups(to: Connection): Promise<readonly EvaluatedGroup[]> {
  return (await ask(to, "rules", ruleGroups, { exclude_alerts: "true" })).groups;
}
