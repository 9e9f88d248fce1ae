/** Recording rules: the base, the error ratio of every long window, and what the SLO is. */
import { type Period, periodWords } from "../model/period.ts";
import type { Slo } from "../model/service.ts";
import type { Expr } from "../promql/ast.ts";
import { binary, call, number, over, selector } from "../promql/build.ts";
import { printNumber } from "../promql/number.ts";
import type { Counts } from "../sli/kind.ts";
import { calendarSeconds, calendarSpent, periodTilesOf, soFar, soFarPeriods } from "./calendar-period.ts";
import { lastExposed } from "./exposed.ts";
import { errorRatio, type Measure } from "./measure.ts";
import {
  budgetRemainingRecord,
  errorRatioRecord,
  exposedRecord,
  hash,
  idLabels,
  periodTileRecord,
  records,
  soFarRecord,
  tileRecord,
} from "./naming.ts";
import { openTile, periodCoverage, periodMatching, periodRatio, wholeTile } from "./period.ts";
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
    record(slo, records.window, windowSeconds(slo)),
    { ...record(slo, records.info, constant(1)), labels: { ...infoLabels(slo), ...idLabels(slo) } },
  ];
}

/** Budget left of every period, 1 to −∞. */
export function budgetRules(slo: Slo, measure: Measure): RecordingRule[] {
  return slo.periods.map((period) =>
    record(slo, budgetRemainingRecord(slo, period), budgetRemaining(slo, period, measure)),
  );
}

/** How many evaluations of the last day took place. */
export function coverageRule(slo: Slo, measure: Measure): RecordingRule {
  return record(slo, records.coverage, evaluationCoverage(slo, measure));
}

/** The window that coverage is judged over. */
export function coverageSeconds(slo: Slo): number {
  return Math.min(86_400, slo.windowSeconds);
}

/** A window that is not full yet counts its missing part as good: a new SLO starts with a full budget. */
function budgetRemaining(slo: Slo, period: Period, measure: Measure): Expr {
  const spent = period.kind === "calendar" ? calendarSpent(measure, period) : rollingSpent(measure, period.seconds);
  return binary("-", number(1), binary("/", spent, number(slo.errorBudget)));
}

function rollingSpent(measure: Measure, seconds: number): Expr {
  return binary("*", periodRatio(measure, seconds), periodCoverage(measure, seconds), periodMatching(measure, seconds));
}

function periodTileRules(slo: Slo, measure: Measure): RecordingRule[] {
  const part = (which: "open" | "whole", length: number, expr: Expr): RecordingRule => ({
    ...record(slo, periodTileRecord(length), expr),
    labels: { ...idLabels(slo), part: which },
    ...(which === "whole" ? { everySeconds: length } : {}),
  });
  return [
    ...periodTilesOf(slo, measure).flatMap((tiles) => [
      part("whole", tiles.length, wholeTile(measure, tiles)),
      part("open", tiles.length, openTile(measure, tiles)),
    ]),
    ...soFarPeriods(slo, measure).map((period) => record(slo, soFarRecord(period.unit), soFar(measure, period))),
  ];
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
    window: slo.periods.map(periodWords).join("; "),
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

/** Months differ in length: of a calendar period it is that of the current one. */
function windowSeconds({ periods: [period] }: Slo): Expr {
  return period.kind === "calendar" ? calendarSeconds(period) : constant(period.seconds);
}

function constant(value: number): Expr {
  return call("vector", number(value));
}

function record(slo: Slo, name: string, expr: Expr): RecordingRule {
  return { type: "record", record: name, expr, labels: idLabels(slo) };
}
