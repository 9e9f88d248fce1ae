/**
 * Plays an SLO's burn-rate rules over what was recorded: what fires when, evaluation by evaluation, as a ruler has it.
 * It follows the rules' own order: what a rule reads of another is what that one has written by then.
 */
import { exact } from "../promql/number.ts";
import { AlertState, type Span as Fired } from "./alert-state.ts";
import type { Recorded } from "./recorded.ts";
import { baseSpan, type Past, type Span, Sums, tileSpan } from "./sums.ts";
import type { Watched, WatchedTier } from "./watched.ts";

/** When each tier fires, in the order of the tiers. In evaluations. */
export type Firings = readonly (readonly Fired[])[];

/** @param past - What every evaluation before had; without it the rules are new. */
export function firingsOf(watched: Watched, recorded: Recorded, past?: Past): Firings {
  return new Ruler(watched, recorded, past).play(recorded.total.length);
}

const NO_PAST: Past = { total: 0, bad: 0 };

class Ruler {
  readonly #watched: Watched;
  readonly #sums: Sums;
  readonly #isNew: boolean;
  readonly #states: readonly AlertState[];
  readonly #burning: AlertState;
  readonly #pages: boolean;
  /** How many events may be bad in the period, as last recorded. */
  #budgetEvents = 0;

  constructor(watched: Watched, recorded: Recorded, past: Past | undefined) {
    this.#watched = watched;
    this.#sums = new Sums(recorded, past ?? NO_PAST);
    this.#isNew = past === undefined;
    this.#states = watched.tiers.map(({ waits, keeps }) => new AlertState(waits, keeps));
    this.#burning = new AlertState(0, watched.burningKeeps);
    this.#pages = watched.tiers.some(({ isPage }) => isPage);
  }

  play(evaluations: number): Firings {
    for (let index = 0; index < evaluations; index++) {
      this.#evaluate(index, true);
      if (this.#pages) this.#burning.see(index, this.#anyPageFires());
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
    return this.#watched.tiers.some(({ isPage }, place) => isPage && this.#states[place]?.fires === true);
  }

  /** The cheap questions first: most evaluations of a year are quiet. */
  #holds(tier: WatchedTier, index: number): boolean {
    const short = this.#spanOf(index, tier.short, tier.shortTiled, tier);
    if (!this.#burns(short, 1, tier, tier.tier.shortSeconds)) return false;
    const long = this.#spanOf(index, tier.long, tier.longTiled, tier);
    const share = this.#isNew ? this.#shareMeasured(tier, index) : 1;
    return (
      this.#burns(long, share, tier, tier.tier.longSeconds) && this.#isEnough(tier, index) && !this.#isTold(tier, index)
    );
  }

  #spanOf(index: number, evaluations: number, tiled: boolean, { isFast }: WatchedTier): Span {
    return tiled ? tileSpan(index, evaluations, this.#watched.tile, !isFast) : baseSpan(index, evaluations);
  }

  #burns(span: Span, share: number, { tier }: WatchedTier, seconds: number): boolean {
    const { traffic, everySeconds } = this.#watched;
    const bad = this.#sums.bad(...span);
    if (bad <= 0) return false;
    if (!traffic) return this.#ratio(span) * share > tier.threshold;
    const spent = (tier.burn * seconds) / (traffic.period * everySeconds);
    return this.#budgetEvents > 0 && bad * share > exact(spent) * this.#budgetEvents;
  }

  #ratio(span: Span): number {
    const [total, bad] = [this.#sums.total(...span), this.#sums.bad(...span)];
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
    const span = this.#spanOf(index, tier.long, tier.guardTiled, tier);
    return this.#sums.total(...span) >= (minEvents ?? 0) && this.#sums.bad(...span) >= (minBad ?? 0);
  }

  /** A page by a faster one, until its residue has left; anything else by whatever pages. */
  #isTold({ isPage, faster, residue }: WatchedTier, index: number): boolean {
    if (!isPage) return this.#burning.fires;
    return faster.some((place) => (this.#states[place] as AlertState).lastFired > index - residue);
  }

  /** A group that was there for a part of the period is taken to go on so. */
  #budgetOf({ period, tiled, errorBudget }: NonNullable<Watched["traffic"]>, index: number): number {
    const { tile } = this.#watched;
    const [from, to] = tiled ? tileSpan(index, period, tile, true) : baseSpan(index, period);
    const begin = this.#isNew ? Math.max(0, from) : from;
    return to > begin ? (errorBudget * period * this.#sums.total(begin, to)) / (to - begin) : 0;
  }
}
