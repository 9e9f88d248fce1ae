/** `SloTargetsDown`, once for a service: one of two targets dies, then the other, then both are back. */
import type { ServicePlan } from "../../../compile/plan.ts";
import { hasTargets } from "../../../compile/service/targets-down.ts";
import type { Platform } from "../../../model/service.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { HOUR } from "../../../time/units.ts";
import { type Expected, fires, firesWith, notYet, silent } from "../../alerts.ts";
import {
  type AlertId,
  idOf,
  MOST_EVALUATIONS,
  type NotProven,
  type Proof,
  type Proven,
  startingOn,
} from "../../proof.ts";
import { quietDay } from "../excluded.ts";
import { type Stage, seriesOf, stageOf, startingAt, targetOf, upSeries } from "../stage.ts";
import type { Phase } from "../timeline.ts";
import { beginOf, expectedIn, KEPT, knownFor, lateOf, latest, type Watched } from "../watched.ts";
import { sorted } from "./absence.ts";
import { longDead } from "./long-dead.ts";
import { fillsSlices } from "./remembered.ts";
import { allLeave, pageOf } from "./targets-gone.ts";
import { turnOf } from "./turn.ts";

/** On a day on which no SLO of the service excludes anything. */
export function proveTargetsDown(plan: ServicePlan, platform: Platform, everySeconds: number): Proven {
  const exclusions = plan.slos.flatMap(({ slo }) => slo.exclusions);
  if (exclusions.length === 0) return proven(plan, platform, everySeconds, 0);
  const startSeconds = quietDay(exclusions, everySeconds);
  const { proofs, notProven } = proven(plan, platform, everySeconds, startSeconds ?? 0);
  if (startSeconds !== undefined) return { proofs: proofs.map((proof) => startingOn(proof, startSeconds)), notProven };
  const why = "something is excluded every day";
  return { proofs: [], notProven: plan.alerts.map((alert) => ({ ...idOf(alert), why })) };
}

function proven(plan: ServicePlan, platform: Platform, everySeconds: number, start: number): Proven {
  const ids = plan.alerts.map(idOf);
  if (ids.length === 0) return { proofs: [], notProven: [] };
  const fit = plan.slos
    .filter(({ slo }) => slo.evaluationSeconds === everySeconds)
    .map(stageOf)
    .filter(isFit)
    .map((stage) => startingAt(stage, start));
  const longest = Math.max(
    ...fit.map(latest),
    ...plan.slos.filter(hasTargets).map((one) => knownFor(one, everySeconds)),
  );
  const watched = (one: Stage): Watched => ({ ...one, late: lateOf(one, plan, everySeconds), longest });
  const events = fit.filter(({ history }) => history.type !== "gauge");
  const [stage] = [...events, ...fit];
  const paging = [...events, ...fit].find((each) => pageOf(each, plan));
  const down = stage && bothDie(watched(stage), ids.filter(isDown), plan, platform);
  const gone =
    paging &&
    allLeave({
      ...{ stage: paging, late: watched(paging).late, plan, begin: beginOf(paging), keptSeconds: KEPT },
      ...{ ids: ids.filter(isGone), expected: expectedIn("gone", paging, plan, platform) },
    });
  return sorted([
    ...provenBy(down, ids.filter(isDown), "no SLO of the service is without data when its targets are down"),
    ...(stage ? [longDead(watched(stage), plan, platform)] : []),
    ...provenBy(gone, ids.filter(isGone), "no SLO of the service pages and is without data when its targets are gone"),
  ]);
}

function isGone({ reason }: AlertId): boolean {
  return reason === "gone";
}

function isDown(id: AlertId): boolean {
  return !isGone(id);
}

function provenBy(proof: Proof | undefined, ids: readonly AlertId[], whyNot: string): (Proof | NotProven)[] {
  if (ids.length === 0) return [];
  if (proof && proof.untilSeconds / proof.everySeconds <= MOST_EVALUATIONS) return [proof];
  return ids.map((id) => ({ ...id, why: proof ? "it waits too long" : whyNot }));
}

function isFit(stage: Stage | string): stage is Stage {
  if (typeof stage !== "object" || !stage.slo.absence.noData || fillsSlices(stage)) return false;
  return stage.history.series.every(({ metric }) => metric !== "up");
}

interface Times {
  readonly begin: number;
  readonly some: ReturnType<typeof turnOf>;
  readonly all: ReturnType<typeof turnOf>;
  readonly forgotten: number;
  readonly back: number;
  readonly end: number;
}

/** The first target dies at the beginning; the second when that has been reported; both are back when the first is forgotten. */
function timesOf(stage: Watched, forSeconds: number): Times {
  const { late, longest } = stage;
  const { every } = stage.pace;
  const begin = beginOf(stage);
  const some = turnOf({ from: begin, forSeconds, late, every });
  const all = turnOf({ from: some.back, forSeconds, late, every });
  const up = (seconds: number): number => Math.ceil(seconds / every) * every;
  const forgotten = Math.max(up(begin + HOUR + longest + KEPT + 4 * every), all.back);
  const back = forgotten + 4 * every;
  return { begin, some, all, forgotten, back, end: up(back + late + KEPT + 4 * every) };
}

function bothDie(stage: Watched, ids: readonly AlertId[], plan: ServicePlan, platform: Platform): Proof {
  const { pace } = stage;
  const times = timesOf(stage, Math.min(...plan.slos.map(({ slo }) => slo.absence.forSeconds)));
  const { begin, some, all, forgotten, back, end } = times;
  const phases: Phase[] = [
    { seconds: begin, bad: 0, units: 1000 },
    { seconds: back - begin, bad: 0, units: 0, there: false },
    { seconds: 0, bad: 0, units: 1000 },
  ];
  const [someDown, allDown] = ["some-down", "all-down"].map((reason) => expectedIn(reason, stage, plan, platform));
  return {
    scenario: "one target dies, then the other, then both are back",
    name: plan.service.name,
    story: `the page comes ${printSeconds(some.first - begin)} after the one whose series are gone, and, when that is old, goes on for both`,
    everySeconds: pace.scrape,
    untilSeconds: end,
    series: (until) => [...targets(times, until, stage), ...seriesOf(phases, until, stage)],
    expectations: [
      notYet(someDown as Expected, some.before),
      firesWith(someDown as Expected, [{}], some.first),
      notYet(allDown as Expected, all.before),
      firesWith(allDown as Expected, [{}], all.first),
      silent(someDown as Expected, forgotten),
      fires(allDown as Expected, 1, back),
      silent(allDown as Expected, end),
    ],
    proves: ids,
    alone: true,
  };
}

function targets({ begin, some, back }: Times, until: number, stage: Stage) {
  const { scrape } = stage.pace;
  const values = (dies: number): number[] =>
    Array.from({ length: Math.ceil(until / scrape) + 1 }, (_, index) =>
      Number(index * scrape <= dies || index * scrape > back),
    );
  const target = targetOf(stage, stage.groups[0] ?? {});
  return [upSeries(values(begin), target), upSeries(values(some.back), { ...target, instance: "two" })];
}
