/** Recording rules: the base, the error ratio of every long window, and what the SLO is. */
import type { Budgeting } from "../model/budgeting.ts";
import { type Period, periodWords } from "../model/period.ts";
import type { Slo } from "../model/service.ts";
import type { Expr } from "../promql/ast.ts";
import { binary, call, number, over, selector } from "../promql/build.ts";
import { printNumber } from "../promql/number.ts";
import type { Counts } from "../sli/kind.ts";
import { slicesOfEvents } from "./budgeting.ts";
import { calendarSeconds, periodTilesOf, soFar, soFarPeriods } from "./calendar-period.ts";
import { lastExposed } from "./exposed.ts";
import type { Measure } from "./measure.ts";
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
import { budgetOf, groupWords, isPerGroup, objectiveOf } from "./objectives.ts";
import { openTile, periodRatio, wholeTile } from "./period.ts";
import type { RecordingRule } from "./plan.ts";
import { tile } from "./tiles.ts";
import type { Windows } from "./windows.ts";

/** Total first: bad is filled from the total that the same evaluation has just written. */
export function baseRules(slo: Slo, counts: Counts, measure: Measure): RecordingRule[] {
  const { total, bad } = measure.base.counted;
  return [record(slo, total, counts.total), record(slo, bad, counts.bad), ...sliceRules(slo, measure)];
}

/** Slices in place of the events that they are judged by. */
function sliceRules(slo: Slo, measure: Measure): RecordingRule[] {
  if (slo.budgeting.kind === "events") return [];
  const slices = slicesOfEvents(slo.budgeting, measure);
  return [record(slo, records.total, slices.total), record(slo, records.bad, slices.bad)];
}

/** The error ratio of every distinct window, and what it is read from. */
export function ratioRules(slo: Slo, all: readonly number[], windows: Windows): RecordingRule[] {
  const lengths = [...new Set(all)].sort((a, b) => a - b);
  return lengths.flatMap((seconds) => [
    ...windows.parts(seconds).map((part) => record(slo, part.record, part.expr)),
    record(slo, errorRatioRecord(seconds), windows.recorded(seconds)),
  ]);
}

/** Tiles first, then the period's, which read what has just been written. */
export function tileRules(slo: Slo, measure: Measure): RecordingRule[] {
  return [record(slo, tileRecord(measure.tileSeconds), tile(measure)), ...periodTileRules(slo, measure)];
}

/** Which targets expose which group: alerts of absence read this rather than raw series. */
export function exposedRule(slo: Slo, { witness }: Counts, measure: Measure): RecordingRule[] {
  if (!witness || !slo.absence.noData) return [];
  return [record(slo, exposedRecord, lastExposed(witness, slo, measure))];
}

/** The objective, at every evaluation: its samples also count the evaluations. Those of groups are recorded with it. */
export function objectiveRule(slo: Slo): RecordingRule[] {
  return isPerGroup(slo) ? [] : [record(slo, records.objective, objectiveOf(slo))];
}

/** Constants of the SLO. `slo:info` alone carries what a user may edit. */
export function metadataRules(slo: Slo): RecordingRule[] {
  return [
    ...(isPerGroup(slo) ? [] : [record(slo, records.errorBudget, constant(slo.errorBudget))]),
    record(slo, records.window, windowSeconds(slo)),
    { ...record(slo, records.info, constant(1)), labels: { ...infoLabels(slo), ...idLabels(slo) } },
  ];
}

/** Budget left of every period, 1 to −∞. */
export function budgetRules(slo: Slo, measure: Measure, windows: Windows): RecordingRule[] {
  const remaining = slo.periods.map((period) =>
    record(slo, budgetRemainingRecord(slo, period), budgetRemaining(slo, period, windows)),
  );
  return [...groupPeriodRatio(slo, measure), ...remaining];
}

/** How many evaluations of the last six hours took place: a day of them would cost a tenth of all else. */
export function coverageRule(slo: Slo, measure: Measure): RecordingRule {
  return record(slo, records.coverage, evaluationCoverage(slo, measure));
}

/** The window that coverage is judged over. */
export function coverageSeconds(slo: Slo): number {
  return Math.min(21_600, slo.windowSeconds);
}

/** A window that is not full yet counts its missing part as good: a new SLO starts with a full budget. */
function budgetRemaining(slo: Slo, period: Period, windows: Windows): Expr {
  return binary("-", number(1), binary("/", windows.period(period), budgetOf(slo)));
}

/** Recorded where a group's budget depends on which groups the period knows. */
function groupPeriodRatio(slo: Slo, measure: Measure): RecordingRule[] {
  if (!isPerGroup(slo)) return [];
  return [record(slo, errorRatioRecord(slo.windowSeconds), periodRatio(measure, slo.windowSeconds))];
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
    window: slo.periods.map(periodWords).join("; "),
    owner: slo.owner,
    sli: slo.sli.kind,
    sli_hash: hash(JSON.stringify([slo.sli, slo.generation, ...budgetingIdentity(slo)], withoutBuckets)),
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

/** Another method is another measurement; the default one is as old as the hash. */
function budgetingIdentity({ budgeting }: Slo): Budgeting[] {
  return budgeting.kind === "events" ? [] : [budgeting];
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
