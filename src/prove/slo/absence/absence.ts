/** Alerts on an SLO that nobody can judge any more: its targets or its series go and come back, or bad events are all there is. */
import { alertId, alerts, namedAt } from "../../../compile/alert-names.ts";
import type { SloPlan } from "../../../compile/plan.ts";
import type { Platform } from "../../../model/service.ts";
import { printSeconds } from "../../../promql/duration.ts";
import type { CounterSeries } from "../../../sli/kind.ts";
import { HOUR, MINUTE } from "../../../time/units.ts";
import { type Expected, expectedOf, fires, firesWith, notYet, silent } from "../../alerts.ts";
import type { Expectation, NotProven, Proof, Proven } from "../../proof.ts";
import type { Labels } from "../../raw-series.ts";
import type { InputSeries } from "../../series-text.ts";
import { pages } from "../burn/tiers.ts";
import { totalAndPart } from "../counting/total-and-part.ts";
import { groupSeries, lateSeconds, type Stage, seriesOf, targetOf, upSeries } from "../stage.ts";
import type { Phase } from "../timeline.ts";

export function proveAbsence(stage: Stage, plan: SloPlan, platform: Platform): Proven {
  const all = plan.alerts.flatMap(({ labels }): (Proof | NotProven)[] => {
    if (labels.tier === alerts.onlyErrors.tier) return [onlyErrors(stage, plan, platform)];
    if (labels.tier !== alerts.noData.tier) return [];
    const { reason = "", job } = labels;
    const [targetsStay, forSeconds] = reason === "no-targets" ? [false, 20 * MINUTE] : [true, 3 * HOUR];
    return [vanishing({ reason, job, forSeconds, targetsStay }, stage, platform)];
  });
  return sorted(all);
}

/** What is proven, and what is not. */
export function sorted(all: readonly (Proof | NotProven)[]): Proven {
  return {
    proofs: all.flatMap((each) => ("expectations" in each ? [each] : [])),
    notProven: all.flatMap((each) => ("why" in each ? [each] : [])),
  };
}

/** When an alert begins that waits for something that is seen late, and when it ends. */
interface Turn {
  /** When it begins to be so. */
  readonly from: number;
  /** How long until it can be known, at least. */
  readonly after?: number;
  readonly forSeconds: number;
  readonly late: number;
  readonly every: number;
}

/** The last evaluation that is silent and the first that fires, each with two evaluations to spare. */
export function turnOf({ from, after = 0, forSeconds, late, every }: Turn): {
  before: number;
  first: number;
  back: number;
} {
  const up = (seconds: number): number => Math.ceil(seconds / every) * every;
  const earliest = from + after + forSeconds;
  const first = up(earliest + late + 2 * every);
  return { before: Math.floor(earliest / every - 2) * every, first, back: first + 4 * every };
}

/** What is expected of an alert that fires for a time. */
export function turnExpectations(
  expected: Expected,
  groups: readonly Labels[],
  { before, first, back }: ReturnType<typeof turnOf>,
  endSeconds: number,
): Expectation[] {
  return [
    notYet(expected, before),
    firesWith(expected, groups, first),
    fires(expected, groups.length, back),
    silent(expected, endSeconds),
  ];
}

/** Groups without data count for an hour more, where that is bad or good; in steps of five minutes. */
export function rememberedSeconds(stage: Stage): number {
  return fillsSlices(stage) ? HOUR - LOOK : 0;
}

/** How much later it may be. */
export function memoryStepSeconds(stage: Stage): number {
  return fillsSlices(stage) ? LOOK : 0;
}

/** Whether a slice without data counts: events that did not happen never do. */
export function fillsSlices({ slo, history }: Pick<Stage, "slo" | "history">): boolean {
  return history.type === "gauge" && slo.noTraffic !== "ignore";
}

const LOOK = 5 * MINUTE;

const ANY = { type: "counters", series: [] } as const;

/** Long enough for some tiles. */
const HEALTHY = 12 * MINUTE;
const UNITS = 1000;

/** Nobody has counted anything for ten minutes, or for two slices. */
function silenceSeconds(stage: Stage): number {
  const { history, pace } = stage;
  const known = history.type === "gauge" ? 2 * Math.max(pace.slice, pace.every) : 0;
  return Math.max(10 * MINUTE, known) + surelyRemembered(stage) - 2 * pace.every;
}

/** A slice is written when it ends, so what is remembered shows for whole slices; of the last one nobody knows when it ends. */
function surelyRemembered(stage: Stage): number {
  const slice = Math.max(stage.pace.slice, 1);
  return Math.floor(rememberedSeconds(stage) / slice) * slice;
}

const BROKEN = { ...alertId(alerts.broken), severity: "ticket" } as const;

interface Vanishing {
  readonly reason: string;
  readonly job: string | undefined;
  readonly forSeconds: number;
  readonly targetsStay: boolean;
}

function vanishing(
  { reason, job, forSeconds, targetsStay }: Vanishing,
  stage: Stage,
  platform: Platform,
): Proof | NotProven {
  const { slo, pace, history, groupLabels } = stage;
  const { severity } = slo.absence;
  const own = alertId(namedAt(alerts.noData, severity));
  if (fillsSlices(stage) && groupLabels.length === 0)
    return { ...own, reason, why: "a slice without data counts, so there is always some" };
  if (targetsStay && history.series.some(({ metric }) => metric === "up"))
    return { ...own, reason, why: "it counts its targets: where there is one there is data" };
  // The same for all kinds: who has the same targets can be shown at the same time.
  const late = Math.max(lateSeconds(stage, true), lateSeconds({ pace, history: ANY }, true) + pace.slice);
  const healthy = healthySeconds(pace);
  const turn = turnOf({
    from: healthy,
    after: silenceSeconds(stage),
    forSeconds,
    late: late + memoryStepSeconds(stage) + rememberedSeconds(stage) - surelyRemembered(stage) + 2 * pace.every,
    every: pace.every,
  });
  const end = turn.back + Math.ceil((late + 2 * pace.every) / pace.every) * pace.every;
  const phases: Phase[] = [
    { seconds: healthy, bad: 0, units: UNITS },
    { seconds: turn.back - healthy, bad: 0, units: 0, there: false },
    { seconds: 0, bad: 0, units: UNITS },
  ];
  const what = targetsStay ? "all series are gone while their targets are up" : "all targets are gone";
  return {
    scenario: targetsStay ? "series vanish, and come back" : "targets vanish, and come back",
    name: slo.name,
    story: `${own.alert} (${reason}) fires ${printSeconds(turn.first - healthy)} after ${what}, and ends when they are back`,
    everySeconds: pace.scrape,
    untilSeconds: end,
    series: (until) => withTargets(phases, until, targetsStay, stage),
    expectations: [
      ...turnExpectations(
        expectedOf(slo, platform, { ...own, severity }, job === undefined ? { reason } : { reason, job }),
        [{}],
        turn,
        end,
      ),
      // There were data, some hours ago: in the period, if it is longer.
      ...(slo.windowSeconds > turn.back
        ? [notYet(expectedOf(slo, platform, BROKEN, { reason: "never-any-data" }), turn.back)]
        : []),
    ],
    proves: [{ ...own, reason }],
    alike: String(turn.back),
  };
}

/** What nobody has counted yet is not remembered: until the first slice has been written, and a while. */
function healthySeconds({ slice, scrape }: Stage["pace"]): number {
  return slice > HEALTHY ? Math.ceil((slice + HEALTHY) / scrape) * scrape : HEALTHY;
}

function withTargets(phases: readonly Phase[], until: number, stay: boolean, stage: Stage): InputSeries[] {
  const series = seriesOf(phases, until, stage);
  if (series.some(({ series: name }) => name.startsWith("up{"))) return series;
  const [first, gone] = phases.map(({ seconds }) => seconds / stage.pace.scrape) as [number, number, number];
  const values = Array.from({ length: Math.ceil(until / stage.pace.scrape) + 1 }, (_, index) =>
    stay || index <= first || index > first + gone ? 1 : undefined,
  );
  const targets = [...stage.groups, ...stage.healthy].map((group) => upSeries(values, targetOf(stage, group)));
  return [...new Map(targets.map((target) => [target.series, target])).values(), ...series];
}

/** Bad events of another metric than the total, and of that none at all. */
function onlyErrors(stage: Stage, plan: SloPlan, platform: Platform): Proof | NotProven {
  const { slo, history, pace, groups } = stage;
  const severity = pages(plan) ? "page" : "ticket";
  const own = alertId(namedAt(alerts.onlyErrors, severity));
  const units = Math.max(UNITS, slo.minBad ?? 0);
  const counted = totalAndPart(history);
  if (!counted) return { ...own, why: "bad events are counted among all: there is never one without the other" };
  const { total, part: bad } = counted;
  const late = lateSeconds(stage, false) + pace.scrape;
  const turn = turnOf({ from: 0, forSeconds: 2 * MINUTE, late, every: pace.every });
  const end = turn.back + Math.ceil(late / pace.every + 2) * pace.every;
  const only = (one: CounterSeries): Stage => ({ ...stage, history: { type: "counters", series: [one] } });
  const totalLater: Phase[] = [
    { seconds: turn.back, bad: 1, units: 0, there: false },
    { seconds: 0, bad: 1, units },
  ];
  return {
    scenario: "only bad events are counted, then totals again",
    name: slo.name,
    story: `${own.alert} fires within ${printSeconds(turn.first)} of bad events alone, and ends when all are counted`,
    everySeconds: pace.scrape,
    untilSeconds: end,
    series: (until) =>
      groups.flatMap((group) => [
        ...groupSeries([{ seconds: 0, bad: 1, units }], until, group, only(bad)),
        ...groupSeries(totalLater, until, group, only(total)),
      ]),
    expectations: turnExpectations(expectedOf(slo, platform, { ...own, severity }), groups, turn, end),
    proves: [own],
  };
}
