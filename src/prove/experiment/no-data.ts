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
import { type AlertId, type Expectation, idOf, type Proof, type Proven } from "../proof.ts";
import type { Labels } from "../raw-series.ts";
import { type InputSeries, seriesName } from "../series-text.ts";
import { isLater } from "../slo/stage.ts";
import { groupLabels, placesOf } from "./places.ts";
import type { Cast, Role } from "./roles.ts";
import { seriesOf } from "./series.ts";
import { NOTHING, type Stage } from "./stage.ts";
import { type Timing, timingOf } from "./timing.ts";

/** All SLIs that can be played, and how soon and how late they know what happened. */
interface Scene extends Pick<Stage, "plan" | "platform"> {
  readonly stages: readonly Stage[];
  readonly soonest: Timing["knownFrom"];
  readonly latest: Timing;
}

/** @param stages - Of every SLI that can be played. */
export function proveNoData(stages: readonly [Stage, ...Stage[]]): Proven {
  const scene = sceneOf(stages);
  const { experiment, alerts: all } = scene.plan;
  const ids = all.map(idOf).filter(({ alert }) => alert === NO_DATA.alert);
  if (scene.latest.until > experiment.windowSeconds) {
    const why = `an hour without events is longer than ${printSeconds(experiment.windowSeconds)}`;
    return { proofs: [], notProven: ids.map((id) => ({ ...id, why })) };
  }
  const isWhole = stages.length === experiment.slis.length;
  const { variants = [] } = experiment;
  return {
    proofs: [
      ...(isWhole ? [noSeries(scene)] : []),
      noBaseline(scene),
      ...variants.map((variant) => noVariant(variant, scene)),
    ],
    notProven: isWhole
      ? []
      : [{ ...NO_DATA, reason: "no-series", why: "a test cannot write the series of all its SLIs" }],
  };
}

const NO_DATA: AlertId = alertId(alerts.experimentNoData);

function sceneOf(stages: readonly [Stage, ...Stage[]]): Scene {
  const [{ plan, platform }] = stages;
  const behind = stages.map(({ history }) => (isLater(history) ? 1 : 0));
  // An hour, and two tiles to spare.
  const hold = HOUR + 2 * plan.measurement.compareSeconds;
  const latest = timingOf(plan.measurement, Math.max(...behind), hold);
  const { knownFrom: soonest } = timingOf(plan.measurement, Math.min(...behind), hold);
  return { plan, platform, soonest, latest, stages: stages.map((stage) => ({ ...stage, timing: latest })) };
}

/** What several SLIs read is written once. @param born - From when on the series of each are there. */
function inputOf(cast: Cast, stages: readonly Stage[], until: number, born: readonly number[] = []): InputSeries[] {
  const all = stages.flatMap((stage, index) => seriesOf(cast, stage, until, born[index]));
  return [...new Map(all.map((each) => [`${each.series} ${each.values}`, each])).values()];
}

/** Those that share no metric: what one counts is no event of another. */
function apart(stages: readonly Stage[]): Stage[] {
  const kept: Stage[] = [];
  for (const stage of stages) if (!kept.some((other) => sharesMetric(stage, other))) kept.push(stage);
  return kept;
}

function sharesMetric(one: Stage, other: Stage): boolean {
  return one.history.series.some(({ metric }) => other.history.series.some((each) => each.metric === metric));
}

/** One event too few at first, and the last one soon; whoever is missed has nothing for a long time, and then one event. */
function missing(group: string, { plan }: Scene): Cast {
  const { baseline, variants = [baseline === "other" ? "another" : "other"], minSample } = plan.experiment;
  const roleOf = (name: string): Role =>
    name === group
      ? { name, first: NOTHING, after: ONE }
      : { name, first: { total: minSample - 1, bad: 0 }, after: ONE, soon: true };
  return { baseline: roleOf(baseline), variants: variants.map(roleOf) };
}

const ONE = { total: 1, bad: 0 };

function noBaseline(scene: Scene): Proof {
  const told = { scenario: "a baseline without events alerts, then resolves", story: "the baseline has" };
  return proofOf(scene.plan.experiment.baseline, "no-baseline", told, {}, scene);
}

function noVariant(variant: string, scene: Scene): Proof {
  const told = {
    scenario: "a variant without events alerts, then resolves",
    story: `${variant || "who has no label"} has`,
  };
  return proofOf(variant, "no-variant", told, groupLabels(variant, scene.plan), scene);
}

function proofOf(
  group: string,
  reason: string,
  { scenario, story }: Pick<Proof, "scenario" | "story">,
  labels: Labels,
  scene: Scene,
): Proof {
  const { soonest, latest, plan } = scene;
  const { bursts, every, until } = latest;
  const [here] = placesOf(plan);
  const at = (seconds: number, fires: boolean): Expectation =>
    expected(reason, seconds, fires ? [{ ...here, ...labels }] : [], scene);
  return {
    ...playedBy(scene),
    scenario,
    story: `${story} no events while others have ${plan.experiment.minSample}, and then one`,
    untilSeconds: until,
    series: (seconds) => inputOf(missing(group, scene), apart(scene.stages), seconds),
    expectations: [
      at(soonest(bursts.soon) + HOUR - every, false),
      at(latest.knownFrom(bursts.soon) + HOUR + every, true),
      at(soonest(bursts.later) - every, true),
      at(latest.knownFrom(bursts.later) + every, false),
    ],
    proves: [{ ...NO_DATA, reason }],
  };
}

/** The last SLI has series later than the others, where it shares none with them. */
function noSeries(scene: Scene): Proof {
  const { scrape, every, bursts, knownFrom } = scene.latest;
  const known = (born: number): number => knownFrom(born + scrape) + scene.plan.measurement.compareSeconds + every;
  const [first, last] = [bursts.later, known(bursts.later)];
  const isApart = apart(scene.stages).length === scene.stages.length;
  const born = scene.stages.map((_, index) => (isApart && index === scene.stages.length - 1 ? last : first));
  const until = known(Math.max(...born));
  const at = (seconds: number, fires: boolean): Expectation => expected("no-series", seconds, fires ? [{}] : [], scene);
  return {
    ...playedBy(scene),
    scenario: "groups without any series alert, then resolve",
    story: "there are no series for over an hour, and then there are",
    untilSeconds: until,
    series: (seconds) => inputOf(nobody(scene), scene.stages, seconds, born),
    expectations: [at(HOUR - every, false), at(HOUR + every, true), at(Math.max(...born), true), at(until, false)],
    proves: [{ ...NO_DATA, reason: "no-series" }],
  };
}

function nobody({ plan }: Scene): Cast {
  return { baseline: { name: plan.experiment.baseline, first: NOTHING, after: NOTHING }, variants: [] };
}

function playedBy({ plan, latest }: Scene): Pick<Proof, "name" | "everySeconds"> {
  return { name: plan.experiment.name, everySeconds: latest.scrape };
}

function expected(reason: string, atSeconds: number, groups: readonly Labels[], scene: Scene): Expectation {
  const { experiment } = scene.plan;
  const own = { ...experimentLabels(experiment), reason };
  const firing = { alertname: alerts.experimentNoData.name, alertstate: "firing" };
  const said = {
    tier: alerts.experimentNoData.tier,
    severity: scene.platform.severities.ticket,
    owner: experiment.owner,
  };
  const labels = { ...experiment.labels, ...own, ...said };
  return {
    atSeconds,
    query: print(selector("ALERTS", { ...firing, ...own })),
    samples: groups.map((group) => ({ labels: seriesName("ALERTS", { ...firing, ...labels, ...group }), value: 1 })),
  };
}
