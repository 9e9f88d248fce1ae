/** `SloNoData`: the targets of an SLO or its series are gone, and come back. */
import { alertId, alerts, namedAt } from "../../../compile/alert-names.ts";
import type { Platform } from "../../../model/service.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { MINUTE } from "../../../time/units.ts";
import { type Expected, expectedOf, notYet } from "../../alerts.ts";
import type { NotProven, Proof } from "../../proof.ts";
import type { InputSeries } from "../../series-text.ts";
import { lateSeconds, type Stage, seriesOf, targetOf, upSeries } from "../stage.ts";
import type { Phase } from "../timeline.ts";
import { fillsSlices, memoryStepSeconds, rememberedSeconds } from "./remembered.ts";
import { turnExpectations, turnOf } from "./turn.ts";

interface Vanishing {
  readonly reason: string;
  readonly job: string | undefined;
  readonly forSeconds: number;
  readonly targetsStay: boolean;
}

const ANY = { type: "counters", series: [] } as const;

/** Long enough for some tiles. */
const HEALTHY = 12 * MINUTE;
const UNITS = 1000;

const BROKEN = { ...alertId(alerts.broken), severity: "ticket" } as const;

export function vanishing(gone: Vanishing, stage: Stage, platform: Platform): Proof | NotProven {
  const { reason, targetsStay } = gone;
  const { slo, pace } = stage;
  const own = alertId(namedAt(alerts.noData, slo.absence.severity));
  const why = whyNot(gone, stage);
  if (why !== undefined) return { ...own, reason, why };
  const healthy = healthySeconds(pace);
  const { turn, end } = timesOf(healthy, gone, stage);
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
      ...turnExpectations(noDataOf(gone, stage, platform), [{}], turn, end),
      // There were data, some hours ago: in the period, if it is longer.
      ...(slo.windowSeconds > turn.back
        ? [notYet(expectedOf(slo, platform, BROKEN, { reason: "never-any-data" }), turn.back)]
        : []),
    ],
    proves: [{ ...own, reason }],
    alike: String(turn.back),
  };
}

function whyNot({ targetsStay }: Vanishing, stage: Stage): string | undefined {
  if (fillsSlices(stage) && stage.groupLabels.length === 0)
    return "a slice without data counts, so there is always some";
  if (targetsStay && stage.history.series.some(({ metric }) => metric === "up"))
    return "it counts its targets: where there is one there is data";
  return undefined;
}

function noDataOf({ reason, job }: Vanishing, { slo }: Stage, platform: Platform): Expected {
  const { severity } = slo.absence;
  const own = { ...alertId(namedAt(alerts.noData, severity)), severity };
  return expectedOf(slo, platform, own, job === undefined ? { reason } : { reason, job });
}

/** The same for all kinds: those that have the same targets can be shown at the same time. */
function timesOf(healthy: number, { forSeconds }: Vanishing, stage: Stage) {
  const { pace } = stage;
  const late = Math.max(lateSeconds(stage, true), lateSeconds({ pace, history: ANY }, true) + pace.slice);
  const turn = turnOf({
    from: healthy,
    after: silenceSeconds(stage),
    forSeconds,
    late: late + memoryStepSeconds(stage) + rememberedSeconds(stage) - surelyRemembered(stage) + 2 * pace.every,
    every: pace.every,
  });
  return { turn, end: turn.back + Math.ceil((late + 2 * pace.every) / pace.every) * pace.every };
}

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
