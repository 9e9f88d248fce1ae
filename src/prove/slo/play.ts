/** Histories in which tiers fire: found by trying, judged by the oracle. */
import type { Platform } from "../../model/service.ts";
import { HOUR } from "../../time/units.ts";
import { MOST_EVALUATIONS } from "../proof.ts";
import { type Candidate, type Effort, ladders } from "./burn/incidents.ts";
import type { Tier } from "./burn/tiers.ts";
import type { Counted } from "./counting/counted.ts";
import { judge, type Verdicts } from "./oracle.ts";
import { countsOf, isLater, type Stage, watchOf } from "./stage.ts";
import { lengthOf, type Phase } from "./timeline.ts";

/** All of them in one history, or each in one of its own. */
export function playAll(some: readonly Tier[], tiers: readonly Tier[], stage: Stage, effort: Effort): Played[] {
  const together = some.length > 0 ? firstPlayed(some, tiers, stage, effort) : undefined;
  if (together) return [together];
  if (some.length < 2) return [];
  return some.flatMap((tier) => firstPlayed([tier], tiers, stage, effort) ?? []);
}

export function firstPlayed(
  some: readonly Tier[],
  tiers: readonly Tier[],
  stage: Stage,
  effort: Effort,
): Played | undefined {
  const slowest = some.at(-1) as Tier;
  for (const ladder of ladders(slowest, masksOf(slowest, tiers), stage, effort))
    for (const candidate of ladder) {
      const played = play(candidate, some, tiers, stage);
      if (typeof played === "object") return played;
      if (played === "too slow") break;
    }
  return undefined;
}

/** What holds an alert back while it fires: a page is sent once, and a ticket not at all while there is a page. */
function masksOf(tier: Tier, tiers: readonly Tier[]): Tier[] {
  return tiers.filter((other) => other.severity === "page" && (tier.severity !== "page" || other.short < tier.short));
}

/** A tier's evaluations: the last at which it cannot fire yet, the first at which it must. */
export interface Risen {
  readonly tier: Tier;
  readonly before: number;
  readonly first: number;
  /** The last at which it must fire, and the first at which it cannot any more. */
  readonly fallen?: { readonly last: number; readonly over: number };
}

/** A history in which tiers are seen to rise, and to fall where it says so. */
export interface Played {
  readonly candidate: Candidate;
  readonly phases: readonly Phase[];
  readonly until: number;
  readonly risen: readonly Risen[];
}

function play(
  candidate: Candidate,
  some: readonly Tier[],
  tiers: readonly Tier[],
  stage: Stage,
): Played | "too slow" | "not alone" {
  const { every } = stage.pace;
  const longest = [...candidate.before, ...candidate.during(MOST_EVALUATIONS * every)];
  const counted = countsOf(longest, MOST_EVALUATIONS * every, stage);
  const risen = some.flatMap((tier) => riseOf(tier, counted, stage) ?? []);
  const last = risen.length < some.length ? MOST_EVALUATIONS : Math.max(...risen.map(({ first }) => first));
  const masks = new Set(some.flatMap((tier) => masksOf(tier, tiers)));
  if ([...masks].some((mask) => mayFire(mask, last, counted, stage))) return "not alone";
  if (risen.length < some.length) return "too slow";
  if (!candidate.after) return { candidate, phases: longest, until: last, risen };
  const lasts = (last + 4) * every - lengthOf(candidate.before);
  const phases = [...candidate.before, ...candidate.during(lasts), candidate.after];
  return withEnd({ candidate, phases, until: last, risen }, [...masks], stage) ?? "not alone";
}

function withEnd(played: Played, masks: readonly Tier[], stage: Stage): Played | undefined {
  const counted = countsOf(played.phases, MOST_EVALUATIONS * stage.pace.every, stage);
  const risen = played.risen.map((rise) => ({ ...rise, fallen: fallOf(rise.tier, counted, stage) }));
  const ended = risen.flatMap(({ fallen, ...rise }) => (fallen ? [{ ...rise, fallen }] : []));
  if (ended.length < risen.length) return undefined;
  const until = Math.max(...ended.map(({ fallen }) => fallen.over));
  return masks.some((mask) => mayFire(mask, until, counted, stage)) ? undefined : { ...played, until, risen: ended };
}

function riseOf(tier: Tier, counted: Counted, stage: Stage): Risen | undefined {
  const { must, may } = verdictsOf(tier, counted, stage);
  const [first, possible] = [must.indexOf(true), may.indexOf(true)];
  return first < 0 || possible < 1 ? undefined : { tier, before: possible - 1, first };
}

function fallOf(tier: Tier, counted: Counted, stage: Stage): Risen["fallen"] {
  const { must, may } = verdictsOf(tier, counted, stage);
  const [last, over] = [must.lastIndexOf(true), may.lastIndexOf(true) + 1];
  return over < 1 || over >= may.length ? undefined : { last, over };
}

function mayFire(tier: Tier, until: number, counted: Counted, stage: Stage): boolean {
  const first = verdictsOf(tier, counted, stage).may.indexOf(true);
  return first >= 0 && first <= until;
}

function verdictsOf(tier: Tier, counted: Counted, stage: Stage): Verdicts {
  return judge(tier, counted, watchOf(stage, isSlow(tier)));
}

/** Pages read what was just counted, up to six hours of it; the rest may wait for two tiles. */
function isSlow({ severity, long }: Tier): boolean {
  return severity !== "page" || long > 6 * HOUR;
}

/** SLOs of one shape have one history: finding it is the dear part. */
export function likeBefore(platform: Platform, shape: unknown, find: () => Played[]): Played[] {
  const key = JSON.stringify(shape);
  const found = before.get(platform) ?? new Map<string, Played[]>();
  before.set(platform, found);
  const played = found.get(key) ?? find();
  found.set(key, played);
  return played;
}

const before = new WeakMap<Platform, Map<string, Played[]>>();

/** All that a history depends on, beside the tiers. */
export function shapeOf({ slo, history, pace }: Stage): unknown {
  const sli = history.type === "gauge" ? slo.sli : undefined;
  return [pace, history.type, isLater(history), slo.minEvents, slo.minBad, slo.alerting.threshold, sli];
}
