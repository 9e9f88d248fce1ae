/** What an SLO is, as series: its objective, window and owner, and how well it is measured. */

import { type EventSlices, eventSlices } from "../../model/budgeting.ts";
import { periodWords } from "../../model/period.ts";
import type { Policy, Slo } from "../../model/service.ts";
import type { Expr } from "../../promql/ast.ts";
import { binary, call, number, over, selector } from "../../promql/build.ts";
import { printNumber, printPercent } from "../../promql/number.ts";
import { hash } from "../hash.ts";
import { idLabels, records } from "../names.ts";
import type { RecordingRule } from "../plan.ts";
import { groupWords, isPerGroup, objectiveOf } from "../tiers/objectives.ts";
import { primaryWindowSeconds } from "./error-budget/period.ts";
import type { SloMeasurement } from "./slo-measurement.ts";

/** The objective, at every evaluation: its samples also count the evaluations. */
export function objectiveRule(slo: Slo): RecordingRule {
  return record(slo, records.objective, objectiveOf(slo));
}

/** Constants of the SLO. `slo:info` alone carries what a user may edit. */
export function metadataRules(slo: Slo, measurement: SloMeasurement): RecordingRule[] {
  return [
    {
      ...record(slo, records.coverage, evaluationCoverage(slo, measurement)),
      comment: "The share of evaluations that took place. The constants that follow are for dashboards.",
    },
    ...(isPerGroup(slo) ? [] : [record(slo, records.errorBudget, call("vector", number(slo.errorBudget)))]),
    record(slo, records.window, primaryWindowSeconds(slo)),
    { ...record(slo, records.info, call("vector", number(1))), labels: { ...idLabels(slo), ...infoLabels(slo) } },
  ];
}

/** The window that coverage is judged over: a day would cost a tenth of all else. */
export function coverageSeconds(slo: Slo): number {
  return Math.min(21_600, slo.windowSeconds);
}

/** Of the SLO's own objective: groups come and go. */
function evaluationCoverage(slo: Slo, measurement: SloMeasurement): Expr {
  const heartbeat = over(selector(records.objective, idLabels(slo)), coverageSeconds(slo) * 1000);
  return binary("/", call("count_over_time", heartbeat), number(coverageSeconds(slo) / measurement.intervalSeconds));
}

function infoLabels(slo: Slo): Record<string, string> {
  const own = {
    objective: printNumber(slo.objectivePercent),
    ...(isPerGroup(slo) ? { objectives: objectivesLabel(slo) } : {}),
    window: slo.periods.map(periodWords).join("; "),
    owner: slo.owner,
    sli: slo.sli.kind,
    sli_hash: hash(JSON.stringify([slo.sli, slo.generation, ...budgetingIdentity(slo)], counted)),
    ...(slo.policy === undefined ? {} : { policy: policyWords(slo.policy) }),
    ...(slo.reviewBy === undefined ? {} : { review_by: slo.reviewBy }),
  };
  return { ...slo.labels, ...own };
}

/** "warn below 25%, freeze at 0%". */
function policyWords({ warnBelow, freezeAt }: Policy): string {
  return `${warnBelow === undefined ? "" : `warn below ${printPercent(warnBelow)}, `}freeze at ${printPercent(freezeAt)}`;
}

/** What buckets there are changes nothing in what is counted; a period's length is in its expression already. */
function counted(key: string, value: unknown): unknown {
  return ["buckets", "periodSeconds"].includes(key) ? undefined : value;
}

/** Another method is another measurement; the default one is as old as the hash. */
function budgetingIdentity(slo: Slo): EventSlices[] {
  return [eventSlices(slo)].filter((slices) => slices !== undefined);
}

/** No longer than any ruler takes. */
function objectivesLabel({ objectives }: Slo): string {
  const all = objectives.map((each) => `${groupWords(each)}: ${printNumber(each.objectivePercent)}`).join("; ");
  return all.length <= 1024 ? all : `${objectives.length} groups`;
}

function record(slo: Slo, name: string, expr: Expr): RecordingRule {
  return { type: "record", record: name, expr, labels: idLabels(slo) };
}
