/** An SLO with what its kind can write as series, and the labels of the groups that play. */

import type { SloPlan } from "../../compile/plan.ts";
import { eventSlices } from "../../model/budgeting.ts";
import type { GroupObjective, Slo } from "../../model/service.ts";
import { DEFAULT_SLICE_SECONDS } from "../../sli/counting/slices.ts";
import { isComposite, kindOf, ownSliceSeconds } from "../../sli/index.ts";
import type { History } from "../../sli/kind.ts";
import { onceForAll } from "../once-for-all.ts";
import { type Labels, rawSeries, rawValues, type Scrapes } from "../raw-series.ts";
import { type InputSeries, runs, seriesName } from "../series-text.ts";
import { type Counted, countedOf, type Pace } from "./counting/counted.ts";
import type { Watch } from "./oracle.ts";
import { type Phase, steps } from "./timeline.ts";

export interface Stage {
  readonly slo: Slo;
  readonly history: History;
  /** groupBy and identity. */
  readonly groupLabels: readonly string[];
  readonly identity: readonly string[];
  /** Groups that burn, all in the same way: two where the SLO has groups. */
  readonly groups: readonly Labels[];
  /** A group in which nothing is ever bad, where the SLO has groups. */
  readonly healthy: readonly Labels[];
  readonly pace: Pace & Scrapes;
}

/** Undefined, with the reason, where no series can be made of the declaration. */
export function stageOf(plan: SloPlan): Stage | string {
  return eventSlices(plan.slo) ? OF_SLICES : anyStageOf(plan);
}

/** The same, where what the history amounts to is another's question. */
export function anyStageOf(plan: SloPlan): Stage | string {
  const { slo, groupLabels, measurement } = plan;
  const history = kindOf(slo.sli).history(slo.sli, measurement.base);
  if (!history) return isComposite(slo.sli) ? IS_COMPOSITE : NOT_DERIVED;
  const fixed = history.series[0]?.labels ?? {};
  if (groupLabels.some((label) => new Set(history.series.map(({ labels }) => labels[label])).size > 1)) return TORN;
  const free = groupLabels.some((label) => fixed[label] === undefined);
  const named = (value: string): Labels =>
    Object.fromEntries(groupLabels.map((label) => [label, fixed[label] ?? value]));
  const names = namesFor(slo);
  const [burning, healthy] = free ? [names.slice(0, 2), names.slice(2, 3)] : [names.slice(0, 1), []];
  return {
    slo,
    history,
    groupLabels,
    identity: measurement.base.identity,
    groups: burning.map(named),
    healthy: healthy.map(named),
    pace: paceOf(plan),
  };
}

/** Names of groups for which the SLO has no objective of their own. */
function namesFor({ objectives }: Slo): string[] {
  const taken = objectives.flatMap(({ match }) => Object.values(match));
  return [..."abcdefghijklmnopqrstuvwxyz"].filter((name) => !taken.includes(name));
}

/** The same SLO for a group with an objective of its own, alone. */
export function forGroup(stage: Stage, { match }: GroupObjective): Stage {
  return { ...stage, groups: [{ ...stage.groups[0], ...match }], healthy: [] };
}

const OF_SLICES = "its budget counts slices of events";
const IS_COMPOSITE = "it is made of other SLOs, whose own alerts are proven";
const NOT_DERIVED = "a test cannot write the series of an expression";
const TORN = "it is grouped by a label that distinguishes good from bad";

function paceOf({ slo, measurement, groupLabels }: SloPlan): Stage["pace"] {
  const slice = ownSliceSeconds(slo.sli) ?? DEFAULT_SLICE_SECONDS;
  const settle = measurement.base.settleMs / 1000;
  const { evaluationSeconds: every, scrapeSeconds: scrape, noTraffic } = slo;
  const later = slo.exclusions.length > 0 || eventSlices(slo) ? every : 0;
  return { every, scrape, settle, slice, start: 0, noTraffic, grouped: groupLabels.length > 0, later };
}

/** The same SLO in a history that starts at a Unix time. */
export function startingAt(stage: Stage, start: number): Stage {
  return { ...stage, pace: { ...stage.pace, start } };
}

/** What one burning group amounts to until a time. */
export function countsOf(phases: readonly Phase[], untilSeconds: number, { history, pace }: Stage): Counted {
  return countedOf(history, steps(phases, pace.scrape, untilSeconds, pace.slice), pace);
}

/** The series of all groups: what happens to the burning ones, and a healthy one beside them. */
export function seriesOf(phases: readonly Phase[], untilSeconds: number, stage: Stage): InputSeries[] {
  const healthy = phases.map((phase) => ({ ...phase, bad: 0 }));
  return [
    ...seriesOfGroups(stage.groups, phases, untilSeconds, stage),
    ...seriesOfGroups(stage.healthy, healthy, untilSeconds, stage),
  ];
}

/** The series of one group. */
export function groupSeries(
  phases: readonly Phase[],
  untilSeconds: number,
  group: Labels,
  stage: Stage,
): InputSeries[] {
  return seriesOfGroups([group], phases, untilSeconds, stage);
}

function seriesOfGroups(
  groups: readonly Labels[],
  phases: readonly Phase[],
  untilSeconds: number,
  stage: Stage,
): InputSeries[] {
  if (groups.length === 0) return [];
  const values = valuesOf(phases, untilSeconds, stage);
  return groups.flatMap((group) => rawSeries(stage.history, values, { ...targetOf(stage, group), ...group }));
}

function valuesOf(phases: readonly Phase[], untilSeconds: number, { history, pace }: Stage): string[] {
  const { scrape, slice, start } = pace;
  const figures = history.series.map(({ metric: _metric, labels: _labels, ...rest }) => rest);
  return writtenOnce([history.type, figures, phases, untilSeconds, scrape, slice, start], () =>
    rawValues(history, steps(phases, scrape, untilSeconds, slice), pace),
  );
}

const writtenOnce = onceForAll<string[]>();

/** The target of a group's series. */
export function targetOf({ slo, history, identity }: Stage, group: Labels): Labels {
  const fixed = history.series[0]?.labels ?? {};
  const own = { job: slo.service, instance: "one", ...Object.fromEntries(identity.map((label) => [label, "here"])) };
  return Object.fromEntries(
    Object.entries(own).map(([label, value]) => [label, fixed[label] ?? group[label] ?? value]),
  );
}

/** `up` of a target, reading by reading; undefined: it is not a target. */
export function upSeries(values: readonly (number | undefined)[], target: Labels): InputSeries {
  return { series: seriesName("up", target), values: runs(values) };
}

/**
 * How late what happens can be seen, with two evaluations to spare. Slices are judged here as the rules do, readings
 * included; what a rate is at the edge of a change is only nearly known.
 */
export function lateSeconds({ pace, history }: Pick<Stage, "pace" | "history">, slow: boolean): number {
  const { every, scrape, settle, slice, later } = pace;
  const tile = Math.max(every, Math.floor(240 / every) * every);
  return seen() + later + 2 * every + (slow ? 2 * tile : 0);

  function seen(): number {
    if (history.type !== "gauge") return settle + scrape + (isLater(history) ? every : 0);
    // A slice is counted when it ends.
    return settle + slice;
  }
}

/** Histograms become counters first, and counters that are added up are counted first. */
export function isLater(history: History): boolean {
  return history.type === "histogram" || (history.type === "counters" && history.later === true);
}

export function watchOf(stage: Stage, slow: boolean): Watch {
  const { slo, pace } = stage;
  return {
    every: pace.every,
    late: lateSeconds(stage, slow),
    minEvents: slo.minEvents ?? 0,
    // One turns it off, also where the bad share of a slice counts as less than one.
    minBad: slo.minBad === undefined || slo.minBad === 1 ? 0 : slo.minBad,
  };
}
