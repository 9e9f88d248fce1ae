/** Recording rules: the base, the error ratio of every long window, and what the SLO is. */
import type { Slo } from "../model/service.ts";
import type { Expr } from "../promql/ast.ts";
import { binary, call, number, over, selector } from "../promql/build.ts";
import { printSeconds } from "../promql/duration.ts";
import { printNumber } from "../promql/number.ts";
import type { Counts } from "../sli/kind.ts";
import { lastExposed } from "./exposed.ts";
import { errorRatio, type Measure } from "./measure.ts";
import { errorRatioRecord, exposedRecord, hash, idLabels, periodTileRecord, records, tileRecord } from "./naming.ts";
import { openTile, periodCoverage, periodMatching, periodRatio, periodTileSeconds, wholeTile } from "./period.ts";
import type { RecordingRule, TierPlan } from "./plan.ts";
import { tile } from "./tiles.ts";

/** Total first: bad is filled from the total that the same evaluation has just written. */
export function baseRules(slo: Slo, counts: Counts): RecordingRule[] {
  return [record(slo, records.total, counts.total), record(slo, records.bad, counts.bad)];
}

/** One rule per distinct long window. */
export function ratioRules(slo: Slo, tiers: readonly TierPlan[], measure: Measure): RecordingRule[] {
  const windows = [...new Set(tiers.map((tier) => tier.longSeconds))].sort((a, b) => a - b);
  return windows.map((seconds) => record(slo, errorRatioRecord(seconds), errorRatio(measure, seconds)));
}

/** Tiles first, then the period's, which read what has just been written. */
export function tileRules(slo: Slo, measure: Measure): RecordingRule[] {
  return [record(slo, tileRecord(measure.tileSeconds), tile(measure)), ...periodTileRules(slo, measure)];
}

/** Which targets expose which group: alerts of absence read this rather than raw series. */
export function exposedRule(slo: Slo, { witness }: Counts, measure: Measure): RecordingRule[] {
  if (!witness || !slo.absence.noData) return [];
  return [record(slo, exposedRecord, lastExposed(witness, measure))];
}

/** The objective, at every evaluation: its samples also count the evaluations. */
export function objectiveRule(slo: Slo): RecordingRule {
  return record(slo, records.objective, constant(slo.objectivePercent / 100));
}

/** Constants of the SLO. `slo:info` alone carries what a user may edit. */
export function metadataRules(slo: Slo): RecordingRule[] {
  return [
    record(slo, records.errorBudget, constant(slo.errorBudget)),
    record(slo, records.window, constant(slo.windowSeconds)),
    { ...record(slo, records.info, constant(1)), labels: { ...infoLabels(slo), ...idLabels(slo) } },
  ];
}

/** Budget left in the window, 1 to −∞, and how many evaluations of the last day took place. */
export function periodRules(slo: Slo, measure: Measure): RecordingRule[] {
  return [
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
  const spent = binary("*", periodRatio(measure, seconds), periodCoverage(measure, seconds), matching);
  return binary("-", number(1), binary("/", spent, number(slo.errorBudget)));
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
  const heartbeat = over(selector(records.objective, idLabels(slo)), coverageSeconds(slo) * 1000);
  const share = binary("/", call("count_over_time", heartbeat), number(coverageSeconds(slo) / measure.intervalSeconds));
  return call("clamp_max", share, number(1));
}

function infoLabels(slo: Slo): Record<string, string> {
  return {
    ...slo.labels,
    objective: printNumber(slo.objectivePercent),
    window: printSeconds(slo.windowSeconds),
    owner: slo.owner,
    sli: slo.sli.kind,
    sli_hash: hash(JSON.stringify([slo.sli, slo.generation], withoutBuckets)),
    ...(slo.reviewBy === undefined ? {} : { review_by: slo.reviewBy }),
  };
}

/** What buckets there are changes nothing in what is counted. */
function withoutBuckets(key: string, value: unknown): unknown {
  return key === "buckets" ? undefined : value;
}

function constant(value: number): Expr {
  return call("vector", number(value));
}

function record(slo: Slo, name: string, expr: Expr): RecordingRule {
  return { type: "record", record: name, expr, labels: idLabels(slo) };
}
