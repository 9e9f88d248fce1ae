/** Histories in which a tier may fire, those that read best first. */

import { printSeconds } from "../../../promql/duration.ts";
import { exact, printNumber } from "../../../promql/number.ts";
import { kindOf } from "../../../sli/index.ts";
import { HOUR } from "../../../time/units.ts";
import type { Stage } from "../stage.ts";
import { lengthOf, type Phase } from "../timeline.ts";
import type { Tier } from "./tiers.ts";

/** A history before, during and after an incident. */
export interface Candidate {
  readonly before: readonly Phase[];
  /** The incident, for so many seconds. */
  readonly during: (seconds: number) => readonly Phase[];
  /** Without it nothing is said of an end. */
  readonly after?: Phase;
  /** "40 % bad events": a time that goes on. */
  readonly words: string;
}

/** `brief`: as short as can be, for who must have a run of its own. */
export type Effort = "thorough" | "brief";

/** A healthy time as long as the long window, at most so long. */
const HEALTHY_UP_TO = 2 * HOUR;

/** From what burns fastest to what burns slowest: where one is too slow, those after it are slower. */
export type Ladder = readonly Candidate[];

export function* ladders(tier: Tier, masks: readonly Tier[], stage: Stage, effort: Effort): Generator<Ladder> {
  const isPage = tier.severity === "page";
  if (effort === "thorough" && tier.long <= HEALTHY_UP_TO) yield* afterHealthyTime(tier, masks, stage);
  if (masks.length === 0 || (isPage && effort === "thorough")) yield* fromTheStart(tier, masks, stage, effort);
  if (masks.length > 0) yield* thenQuiet(tier, masks, stage);
  if (isPage && masks.length > 0) yield* fromTheStart(tier, masks, stage, effort);
}

/** The long window is full of good events, and then some are bad. */
function* afterHealthyTime(tier: Tier, masks: readonly Tier[], stage: Stage): Generator<Ladder> {
  const healthy = (units: number): Phase => ({ seconds: tier.long, bad: 0, units });
  for (const ladder of incidents(shares(tier, masks, tier.long / 3), stage))
    yield ladder.flatMap((incident) =>
      steady(incident, tier, stage).map((candidate) => ({ ...candidate, before: [healthy(incident.units)] })),
    );
}

/** A new SLO: what was before it counts as good. */
function* fromTheStart(tier: Tier, masks: readonly Tier[], stage: Stage, effort: Effort): Generator<Ladder> {
  const due = effort === "brief" ? 600 : Math.min(tier.long / 3, 2400);
  for (const ladder of incidents(shares(tier, masks, due), stage))
    yield ladder.flatMap((incident) => steady(incident, tier, stage));
}

function steady(incident: Incident, tier: Tier, stage: Stage): Candidate[] {
  const during = (seconds: number): Phase[] => [{ seconds, ...incident }];
  const said = words(incident, stage);
  if (tier.severity !== "page") return withOrWithoutEnd({ before: [], during, words: said }, incident, stage);
  return [{ before: [], during, words: said, after: { seconds: 0, bad: 0, units: incident.units } }];
}

/** A ticket ends soon where so many good events follow that a day of bad ones does not count. */
function withOrWithoutEnd(candidate: Candidate, { units }: Incident, stage: Stage): Candidate[] {
  if (stage.history.type === "gauge" || needsEvenTraffic(stage)) return [candidate];
  return [{ ...candidate, after: { seconds: 0, bad: 0, units: 1000 * units } }, candidate];
}

/**
 * Some bad minutes of a new SLO, and then little or nothing happens: the short windows of pages forget them before they
 * matter, and the long window remembers.
 */
function* thenQuiet(tier: Tier, masks: readonly Tier[], stage: Stage): Generator<Ladder> {
  if (needsEvenTraffic(stage)) return;
  if (stage.history.type === "gauge") yield* badSlices(stage);
  else yield* badMinutes(tier, masks, stage);
}

/** Where thresholds know the traffic of the period, a share of the events is what it is of an even traffic alone. */
function needsEvenTraffic({ slo }: Stage): boolean {
  return slo.alerting.threshold === "traffic";
}

function* badMinutes(tier: Tier, masks: readonly Tier[], stage: Stage): Generator<Ladder> {
  const all = DIGITS.filter((share) => share > 1.5 * tier.threshold && share < 150 * tier.threshold);
  const some = all.map((bad) => ({ bad, units: unitsFor(bad, stage) }));
  for (const quietly of [nothing, trickle])
    for (const seconds of [120, 300, 600, 1200])
      yield some.flatMap((first) => {
        const [incident, quiet] = quietly(first, tier, masks);
        const said = `${printSeconds(seconds)} of ${words(incident, stage)} and then ${quietWords(quiet, incident)}`;
        return withOrWithoutEnd(burst([{ seconds, ...incident }], quiet, said), incident, stage);
      });
}

/** The last slices of some are bad. Without readings there are no slices, where that is not bad itself. */
function* badSlices({ slo, pace }: Stage): Generator<Ladder> {
  if (slo.noTraffic !== "ignore") return;
  for (const all of [5, 10, 15, 20])
    yield Array.from({ length: all }, (_, index) => {
      const bad = all - index;
      const phase = (slices: number, share: number): Phase => ({ seconds: slices * pace.slice, bad: share, units: 1 });
      const phases = [...(index === 0 ? [] : [phase(index, 0)]), phase(bad, 1)];
      return burst(phases, { bad: 0, units: 0 }, `${all} slices, the last ${bad} of them bad, and then none`);
    });
}

function burst(phases: readonly Phase[], quiet: Quiet, said: string): Candidate {
  const seconds = lengthOf(phases);
  const during = (lasts: number): Phase[] => [...phases, { seconds: lasts - seconds, ...quiet }];
  return { before: [], during, words: said };
}

const DIGITS = [1, 0.1, 0.01, 0.001].flatMap((size) =>
  [10, 9, 8, 7, 6, 5, 4.5, 4, 3.5, 3, 2.5, 2, 1.8, 1.5, 1.2].map((digit) => exact((digit * size) / 10)),
);

type Quiet = Pick<Phase, "bad" | "units">;

type Quietly = (incident: Incident, tier: Tier, masks: readonly Tier[]) => [Incident, Quiet];

const nothing: Quietly = (incident) => [incident, { bad: 0, units: 0 }];

/** A thousandth of the events, of which so many are bad that this tier goes on and no page begins. */
const trickle: Quietly = (incident, tier, masks) => {
  const bad = rounded((tier.threshold + Math.min(1, ...masks.map(({ threshold }) => threshold))) / 2);
  const units = 10 ** Math.ceil(Math.log10(100 / bad) - 1e-9);
  return [
    { ...incident, units: 1000 * units },
    { bad, units },
  ];
};

function quietWords({ bad, units }: Quiet, incident: Incident): string {
  if (units === 0) return "none at all";
  return `a ${printNumber(incident.units / units)}th as many, ${printNumber(bad * 100)} % of them bad`;
}

/** Some share that is bad, and the events among which it is. */
type Incident = Omit<Phase, "seconds">;

function incidents(all: readonly number[], stage: Stage): Incident[][] {
  return blocksOf(stage).map((blocks) => all.map((bad) => ({ bad, units: unitsFor(bad, stage), ...blocks })));
}

/** Below what a page would be held back by; else so high that the long window passes its threshold after some time. */
function shares(tier: Tier, masks: readonly Tier[], dueSeconds: number): number[] {
  const below = Math.min(...masks.map(({ threshold }) => threshold));
  const wanted =
    masks.length > 0
      ? [1.3, 1.15, 0.95, 0.9, 0.85, 0.75].map((part) => part * below)
      : [(tier.threshold * tier.long) / dueSeconds, 1];
  return wanted.map((share) => Math.min(1, rounded(share))).filter((share) => share > 1.05 * tier.threshold);
}

/** Two digits: `0.013`. */
function rounded(share: number): number {
  return Number(share.toPrecision(2));
}

/** So many events per scrape that the bad ones among them are a whole number, and enough of them. */
function unitsFor(share: number, { slo }: Stage): number {
  const enough = Math.max(1000, 10 / share, slo.minEvents ?? 0, (slo.minBad ?? 0) / share);
  return 10 ** Math.ceil(Math.log10(enough) - 1e-9);
}

/** A slice is good or bad as a whole, unless what it shows is a ratio itself; a rate is one of several slices. */
function blocksOf({ history, slo }: Stage): { readonly blocks?: number }[] {
  if (history.type !== "gauge" || kindOf(slo.sli).partlyBad) return [{}];
  return (history.series[0]?.as === "rate" ? [6, 4, 8] : [1, 2, 4]).map((blocks) => ({ blocks }));
}

function words({ bad, blocks }: Incident, { history, pace }: Stage): string {
  const what = history.type === "gauge" ? "slices" : "events";
  if (bad === 1) return `only bad ${what}`;
  if (blocks === undefined) return `${printNumber(bad * 100)} % bad ${what}`;
  const period = Math.max(blocks + 1, Math.round(blocks / bad));
  return `${printSeconds(blocks * pace.slice)} of every ${printSeconds(period * pace.slice)} bad`;
}
