/** Recording rules: the base, the error ratio of every long window, and what the SLO is. */
import type { Slo } from "../model/service.ts";
import type { Expr } from "../promql/ast.ts";
import { aggregate, binary, call, number, over, selector } from "../promql/build.ts";
import { printSeconds } from "../promql/duration.ts";
import { printNumber } from "../promql/number.ts";
import type { Counts } from "../sli/kind.ts";
import { errorRatio, type Measure } from "./measure.ts";
import {
  errorRatioRecord,
  exposedRecord,
  hash,
  idLabels,
  periodTileRecord,
  records,
  seenRecord,
  tileRecord,
} from "./naming.ts";
import { budgetOf, groupWords, isPerGroup } from "./objectives.ts";
import { openTile, periodCoverage, periodMatching, periodRatio, periodTileSeconds, wholeTile } from "./period.ts";
import type { RecordingRule, TierPlan } from "./plan.ts";
import { seen, tile } from "./tiles.ts";

/** Total first: bad is filled from the total that the same evaluation has just written. */
export function baseRules(slo: Slo, counts: Counts): RecordingRule[] {
  return [record(slo, records.total, counts.total), record(slo, records.bad, counts.bad)];
}

/** One rule per distinct long window. */
export function ratioRules(slo: Slo, tiers: readonly TierPlan[], measure: Measure): RecordingRule[] {
  const windows = [...new Set(tiers.map((tier) => tier.longSeconds))].sort((a, b) => a - b);
  return windows.map((seconds) => record(slo, errorRatioRecord(seconds), errorRatio(measure, seconds)));
}

/** Tiles first, then what they saw, then the period's: each reads what the ones before have just written. */
export function tileRules(slo: Slo, measure: Measure): RecordingRule[] {
  return [
    record(slo, tileRecord(measure.tileSeconds), tile(measure)),
    record(slo, seenRecord, seen(measure)),
    ...periodTileRules(slo, measure),
  ];
}

/** Which targets expose which group: alerts of absence read this rather than raw series. */
export function exposedRule(slo: Slo, { witness }: Counts, { base }: Measure): RecordingRule[] {
  if (!witness || !slo.absence.noData) return [];
  const labels = [...new Set([...base.by, "job", "instance"])];
  return [record(slo, exposedRecord, aggregate("group", labels, witness))];
}

/** The objective, at every evaluation: its samples also count the evaluations. */
export function objectiveRule(slo: Slo): RecordingRule {
  return record(slo, records.objective, constant(slo.objectivePercent / 100));
}

/** Constants of the SLO. `slo:info` alone carries what a user may edit. */
export function metadataRules(slo: Slo): RecordingRule[] {
  return [
    ...(isPerGroup(slo) ? [] : [record(slo, records.errorBudget, constant(slo.errorBudget))]),
    record(slo, records.window, constant(slo.windowSeconds)),
    { ...record(slo, records.info, constant(1)), labels: { ...infoLabels(slo), ...idLabels(slo) } },
  ];
}

/** Budget left in the window, 1 to −∞, and how many evaluations of the last day took place. */
export function periodRules(slo: Slo, measure: Measure): RecordingRule[] {
  return [
    ...groupPeriodRatio(slo, measure),
    record(slo, records.budgetRemaining, budgetRemaining(slo, measure)),
    record(slo, records.coverage, evaluationCoverage(slo, measure)),
  ];
}

/** The window that coverage is judged over. */
export function coverageSeconds(slo: Slo): number {
  return Math.min(86_400, slo.windowSeconds);
}

/** A window that is not full yet counts its missing part as good: a new SLO starts with a full budget. */
function budgetRemaining(slo: Slo, measure: Measure): Expr {
  const seconds = slo.windowSeconds;
  const matching = periodMatching(measure, seconds);
  const ratio = isPerGroup(slo) ? selector(errorRatioRecord(seconds), idLabels(slo)) : periodRatio(measure, seconds);
  const spent = binary("*", ratio, periodCoverage(measure, seconds), matching);
  return binary("-", number(1), binary("/", spent, budgetOf(slo)));
}

/** Recorded where a group's budget depends on which groups the period knows. */
function groupPeriodRatio(slo: Slo, measure: Measure): RecordingRule[] {
  if (!isPerGroup(slo)) return [];
  return [record(slo, errorRatioRecord(slo.windowSeconds), periodRatio(measure, slo.windowSeconds))];
}

function periodTileRules(slo: Slo, measure: Measure): RecordingRule[] {
  const length = periodTileSeconds(measure, slo.windowSeconds);
  if (length === undefined) return [];
  const part = (which: "open" | "whole", expr: Expr, everySeconds?: number): RecordingRule => ({
    ...record(slo, periodTileRecord(length), expr),
    labels: { ...idLabels(slo), part: which },
    ...(everySeconds === undefined ? {} : { everySeconds }),
  });
  return [part("whole", wholeTile(measure, length), length), part("open", openTile(measure, length))];
}

/** The objective is written at every evaluation whatever the traffic: its samples count the evaluations. */
function evaluationCoverage(slo: Slo, measure: Measure): Expr {
  // Of the SLO's own objective: groups come and go.
  const own = isPerGroup(slo) ? Object.fromEntries(measure.base.by.map((label) => [label, ""])) : {};
  const heartbeat = over(selector(records.objective, { ...idLabels(slo), ...own }), coverageSeconds(slo) * 1000);
  const share = binary("/", call("count_over_time", heartbeat), number(coverageSeconds(slo) / measure.intervalSeconds));
  return call("clamp_max", share, number(1));
}

function infoLabels(slo: Slo): Record<string, string> {
  return {
    ...slo.labels,
    objective: printNumber(slo.objectivePercent),
    ...(isPerGroup(slo) ? { objectives: objectivesLabel(slo) } : {}),
    window: printSeconds(slo.windowSeconds),
    owner: slo.owner,
    sli: slo.sli.kind,
    sli_hash: hash(JSON.stringify([slo.sli, slo.generation])),
    ...(slo.reviewBy === undefined ? {} : { review_by: slo.reviewBy }),
  };
}

/** No longer than any ruler takes. */
function objectivesLabel({ objectives }: Slo): string {
  const all = objectives.map((each) => `${groupWords(each)}: ${printNumber(each.objectivePercent)}`).join("; ");
  return all.length <= 1024 ? all : `${objectives.length} groups`;
}

function constant(value: number): Expr {
  return call("vector", number(value));
}

function record(slo: Slo, name: string, expr: Expr): RecordingRule {
  return { type: "record", record: name, expr, labels: idLabels(slo) };
}
