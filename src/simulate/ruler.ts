/**
 * Plays an SLO's burn-rate rules over what was recorded: what fires when, evaluation by evaluation, as a ruler has it.
 * It follows the rules' own order: what a rule reads of another is what that one has written by then.
 */
import { exact } from "../promql/number.ts";
import { AlertState, type Fired } from "./alert-state.ts";
import type { Combine } from "./combine.ts";
import type { Recorded } from "./recorded.ts";
import { baseFrom, CombinedSums, type Past, Sums, tilesFrom, tilesTo } from "./sums.ts";
import type { Watched, WatchedTier } from "./watched.ts";

/** When each tier fires, in the order of the tiers. In evaluations. */
export type Firings = readonly (readonly Fired[])[];

/** @param past - What every evaluation before had; without it the rules are new. */
export function firingsOf(watched: Watched, recorded: Recorded, past?: Past): Firings {
  return new Ruler(watched, new Sums(recorded, past ?? NO_PAST), past === undefined).play(recorded.total.length);
}

/** The same of a composite: what its components record, and how their ratios become one. */
export function compositeFirings(watched: Watched, parts: readonly Part[], combine: Combine): Firings {
  const isNew = parts.some(({ past }) => past === undefined);
  const evaluations = Math.min(...parts.map(({ recorded }) => recorded.total.length));
  const sums = parts.map(({ recorded, past }) => new Sums(recorded, past ?? NO_PAST));
  return new Ruler(watched, new CombinedSums(sums, combine), isNew).play(evaluations);
}

/** A component: as it is recorded for the composite, and what every evaluation before had. */
export interface Part {
  readonly recorded: Recorded;
  readonly past: Past | undefined;
}

const NO_PAST: Past = { total: 0, bad: 0 };

class Ruler {
  readonly #watched: Watched;
  readonly #sums: Sums | CombinedSums;
  readonly #isNew: boolean;
  readonly #states: readonly AlertState[];
  readonly #burning: AlertState;
  readonly #pages: readonly AlertState[];
  /** How many events may be bad in the period, as last recorded; NaN, which nothing is above, before it was. */
  #budgetEvents = Number.NaN;

  constructor(watched: Watched, sums: Sums | CombinedSums, isNew: boolean) {
    this.#watched = watched;
    this.#sums = sums;
    this.#isNew = isNew;
    this.#states = watched.tiers.map(({ waits, keeps }) => new AlertState(waits, keeps));
    this.#burning = new AlertState(0, watched.burningKeeps);
    this.#pages = this.#states.filter((_state, place) => watched.tiers[place]?.isPage);
  }

  play(evaluations: number): Firings {
    for (let index = 0; index < evaluations; index++) {
      this.#evaluate(index, true);
      if (this.#pages.length > 0) this.#burning.see(index, this.#anyPageFires());
      if (index % this.#watched.slowEvery === 0) this.#evaluateSlow(index);
    }
    for (const state of this.#states) state.end();
    return this.#states.map(({ spans }) => spans);
  }

  #evaluateSlow(index: number): void {
    if (this.#watched.traffic) this.#budgetEvents = this.#budgetOf(this.#watched.traffic, index);
    this.#evaluate(index, false);
  }

  #evaluate(index: number, fast: boolean): void {
    const { tiers } = this.#watched;
    for (let place = 0; place < tiers.length; place++) {
      const tier = tiers[place] as WatchedTier;
      if (tier.isFast === fast) (this.#states[place] as AlertState).see(index, this.#holds(tier, index));
    }
  }

  #anyPageFires(): boolean {
    for (const state of this.#pages) if (state.fires) return true;
    return false;
  }

  /** The cheap questions first: most evaluations of a year are quiet. */
  #holds(tier: WatchedTier, index: number): boolean {
    const shortFrom = this.#from(index, tier.short, tier.shortTiled);
    const shortTo = this.#to(index, tier.shortTiled, tier, shortFrom);
    if (!this.#burns(shortFrom, shortTo, 1, tier, tier.tier.shortSeconds)) return false;
    const from = this.#from(index, tier.long, tier.longTiled);
    // Bad events are a sum, in which what was before the rules is not.
    const share = this.#isNew && !this.#watched.traffic ? this.#shareMeasured(tier, index) : 1;
    const burns = this.#burns(from, this.#to(index, tier.longTiled, tier, from), share, tier, tier.tier.longSeconds);
    return burns && this.#isMissed(tier, index) && this.#isEnough(tier, index) && !this.#isTold(tier, index);
  }

  #from(index: number, evaluations: number, tiled: boolean): number {
    return tiled ? tilesFrom(index, evaluations, this.#watched.tile) : baseFrom(index, evaluations);
  }

  #to(index: number, tiled: boolean, { isFast }: WatchedTier, from: number): number {
    return tiled ? Math.max(from, tilesTo(index, this.#watched.tile, !isFast)) : index + 1;
  }

  #burns(from: number, to: number, share: number, { tier }: WatchedTier, seconds: number): boolean {
    const { traffic, everySeconds } = this.#watched;
    const bad = this.#sums.bad(from, to);
    if (bad <= 0) return false;
    if (!traffic) return this.#ratio(from, to) * share > tier.threshold;
    const spent = (tier.burn * seconds) / (traffic.period * everySeconds);
    return bad * share > exact(spent) * this.#budgetEvents;
  }

  #ratio(from: number, to: number): number {
    if (this.#sums instanceof CombinedSums) return this.#sums.ratio(from, to);
    const [bad, total] = [this.#sums.bad(from, to), this.#sums.total(from, to)];
    return this.#watched.part === "bad" ? bad / total : 1 - (total - bad) / total;
  }

  /** The heartbeat is looked at so often, and first at the very beginning. */
  #shareMeasured({ long, look }: WatchedTier, index: number): number {
    const last = Math.floor(index / look);
    const first = Math.max(0, Math.floor((index - long) / look) + 1);
    return ((last - first + 1) * look) / long;
  }

  #isEnough(tier: WatchedTier, index: number): boolean {
    const { minEvents, minBad } = this.#watched;
    if (minEvents === undefined && minBad === undefined) return true;
    const from = this.#from(index, tier.long, tier.guardTiled);
    const to = this.#to(index, tier.guardTiled, tier, from);
    return this.#sums.total(from, to) >= (minEvents ?? 0) && this.#sums.bad(from, to) >= (minBad ?? 0);
  }

  /** Where thresholds know the traffic, the long window has to burn as well. */
  #isMissed(tier: WatchedTier, index: number): boolean {
    if (tier.leastRatio === undefined) return true;
    const from = this.#from(index, tier.long, tier.longTiled);
    const to = this.#to(index, tier.longTiled, tier, from);
    return this.#ratio(from, to) > tier.leastRatio;
  }

  /** A page by a faster one, until its residue has left; anything else by whatever pages. */
  #isTold({ isPage, faster, residue }: WatchedTier, index: number): boolean {
    if (!isPage) return this.#burning.fires;
    return faster.some((place) => (this.#states[place] as AlertState).lastFired > index - residue);
  }

  /** A group that was there for a part of the period is taken to go on so. */
  #budgetOf({ period, tiled, errorBudget }: NonNullable<Watched["traffic"]>, index: number): number {
    const { tile } = this.#watched;
    const from = this.#from(index, period, tiled);
    const to = tiled ? tilesTo(index, tile, true) : index + 1;
    const begin = this.#isNew ? Math.max(0, from) : from;
    return to > begin ? (errorBudget * period * this.#sums.total(begin, to)) / (to - begin) : Number.NaN;
  }
}
