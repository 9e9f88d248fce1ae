/**
 * Proofs of what cannot be compared: one group has no events while another has enough, or there are no series. The alert
 * comes after an hour, not with one event less, and ends with the first event or series. All SLIs play at once: the alert
 * is of all of them.
 */
import { alertId, alerts } from "../../compile/alert-names.ts";
import { experimentLabels } from "../../compile/names.ts";
import { selector } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { print } from "../../promql/print.ts";
import { HOUR } from "../../time/units.ts";
import type { AlertId, Expectation, Proof, Proven } from "../proof.ts";
import type { Labels } from "../raw-series.ts";
import { type InputSeries, seriesName } from "../series-text.ts";
import { isLater } from "../slo/stage.ts";
import { placesOf } from "./places.ts";
import type { Cast, Role } from "./roles.ts";
import { seriesOf } from "./series.ts";
import { NOTHING, type Stage } from "./stage.ts";
import { type Timing, timingOf } from "./timing.ts";

/** All SLIs, and how soon and how late they know what happened. */
interface Scene extends Pick<Stage, "plan" | "platform"> {
  readonly stages: readonly Stage[];
  readonly soonest: Timing["knownFrom"];
  readonly latest: Timing;
}

/** @param stages - Of every SLI that can be played. */
export function proveNoData(stages: readonly [Stage, ...Stage[]]): Proven {
  const scene = sceneOf(stages);
  const why = unplayable(scene);
  if (why !== undefined) return { proofs: [], notProven: [{ ...NO_DATA, why }] };
  const { baseline, variants = [] } = scene.plan.experiment;
  const proofs = [noSeries(scene), ...[baseline, ...variants].map((group) => noEvents(group, scene))];
  return { proofs, notProven: [] };
}

const NO_DATA: AlertId = alertId(alerts.experimentNoData);

function unplayable({ stages, latest, plan }: Scene): string | undefined {
  const { slis, windowSeconds } = plan.experiment;
  if (stages.length < slis.length) return "a test cannot write the series of all its SLIs";
  if (latest.until > windowSeconds) return `an hour without events is longer than ${printSeconds(windowSeconds)}`;
  return undefined;
}

function sceneOf(stages: readonly [Stage, ...Stage[]]): Scene {
  const [{ plan, platform }] = stages;
  const behind = stages.map(({ history }) => (isLater(history) ? 1 : 0));
  // An hour, and two tiles to spare.
  const hold = HOUR + 2 * plan.measurement.compareSeconds;
  const latest = timingOf(plan.measurement, Math.max(...behind), hold);
  const { knownFrom: soonest } = timingOf(plan.measurement, Math.min(...behind), hold);
  return { plan, platform, soonest, latest, stages: stages.map((stage) => ({ ...stage, timing: latest })) };
}

/** A group has no events, then one. */
function noEvents(group: string, scene: Scene): Proof {
  const { soonest, latest, plan } = scene;
  const { bursts, every, until } = latest;
  const { baseline, minSample } = plan.experiment;
  const [here] = placesOf(plan);
  const at = (seconds: number, fires: boolean): Expectation => expected(seconds, fires ? here : undefined, scene);
  return {
    ...playedBy(scene),
    scenario:
      group === baseline
        ? "a baseline without events alerts, then resolves"
        : "a variant without events alerts, then resolves",
    story: `${group || "who has no label"} has no events while others have ${minSample}, and then one`,
    untilSeconds: until,
    series: (seconds) => inputOf(withoutEvents(group, scene), scene, seconds),
    expectations: [
      at(soonest(bursts.soon) + HOUR - every, false),
      at(latest.knownFrom(bursts.soon) + HOUR + every, true),
      at(soonest(bursts.later) - every, true),
      at(latest.knownFrom(bursts.later) + every, false),
    ],
    proves: [NO_DATA],
  };
}

/**
 * Who is missed is missed on the last SLI alone, unless SLIs read the same, where what one of them reads counts for each,
 * or there is elsewhere, where everybody does as the baseline does.
 */
function withoutEvents(group: string, scene: Scene): Cast[] {
  const { minSample } = scene.plan.experiment;
  const share = doShareMetrics(scene.stages);
  const few = share ? 0 : minSample - 1;
  return scene.stages.map((_, index) => {
    const isMissed = share || placesOf(scene.plan).length > 1 || index === scene.stages.length - 1;
    return castOf(scene, (name) =>
      isMissed && name === group
        ? { name, first: NOTHING, after: good(1) }
        : { name, first: good(few), after: good(minSample - few), soon: true },
    );
  });
}

function castOf({ plan }: Scene, roleOf: (name: string) => Role): Cast {
  const { baseline, variants = [baseline === "other" ? "another" : "other"] } = plan.experiment;
  return { baseline: roleOf(baseline), variants: variants.map(roleOf) };
}

function doShareMetrics(stages: readonly Stage[]): boolean {
  const metrics = stages.flatMap(({ history }) => [...new Set(history.series.map(({ metric }) => metric))]);
  return new Set(metrics).size < metrics.length;
}

function good(total: number): Role["first"] {
  return { total, bad: 0 };
}

/** There are no series, then there are, without any event. */
function noSeries(scene: Scene): Proof {
  const { scrape, every, bursts, knownFrom } = scene.latest;
  const born = bursts.later;
  const until = knownFrom(born + scrape) + scene.plan.measurement.compareSeconds + every;
  const at = (seconds: number, fires: boolean): Expectation => expected(seconds, fires ? {} : undefined, scene);
  const baseline = { name: scene.plan.experiment.baseline, first: NOTHING, after: NOTHING };
  const nobody = scene.stages.map((): Cast => ({ baseline, variants: [] }));
  return {
    ...playedBy(scene),
    scenario: "groups without any series alert, then resolve",
    story: "there are no series for over an hour, and then there are",
    untilSeconds: until,
    series: (seconds) => inputOf(nobody, scene, seconds, born),
    expectations: [at(HOUR - every, false), at(HOUR + every, true), at(born, true), at(until, false)],
    proves: [NO_DATA],
  };
}

/**
 * What several SLIs read is written once.
 *
 * @param casts - Of each SLI.
 * @param born - From when on there are series.
 */
function inputOf(casts: readonly Cast[], { stages }: Scene, until: number, born = 0): InputSeries[] {
  const all = stages.flatMap((stage, index) => seriesOf(casts[index] as Cast, stage, until, born));
  return [...new Map(all.map((each) => [each.series, each])).values()];
}

function playedBy({ plan, latest }: Scene): Pick<Proof, "name" | "everySeconds"> {
  return { name: plan.experiment.name, everySeconds: latest.scrape };
}

/** @param place - Where it fires; undefined: nowhere. */
function expected(atSeconds: number, place: Labels | undefined, { plan, platform }: Scene): Expectation {
  const { experiment } = plan;
  const own = experimentLabels(experiment);
  const firing = { alertname: alerts.experimentNoData.name, alertstate: "firing" };
  const said = { tier: alerts.experimentNoData.tier, severity: platform.severities.ticket, owner: experiment.owner };
  const labels = seriesName("ALERTS", { ...firing, ...experiment.labels, ...own, ...said, ...place });
  return {
    atSeconds,
    query: print(selector("ALERTS", { ...firing, ...own })),
    samples: place ? [{ labels, value: 1 }] : [],
  };
}
