/** A simulated history: what was scraped and when it became visible, and what really happened. */
import type { Scenario } from "./scenario.ts";

/** Midnight, so that days of a history are days. */
export const START_MS = Date.UTC(2025, 0, 6);

export interface World {
  readonly scenario: Scenario;
  readonly series: readonly Labels[];
  /** In the order in which they become visible. */
  readonly scrapes: readonly Scrape[];
  /** What each scrape was the first to show, in order of its time. */
  readonly gains: readonly Gain[];
  /** Seconds in which something was bad, and how much, by failure: what happened, whether it was scraped or not. */
  readonly badSeconds: readonly ReadonlyMap<number, number>[];
}

export type Labels = Readonly<Record<string, string>>;

/** One scrape. Its samples carry the time at which it began, and are visible when it ends. */
export interface Scrape {
  readonly timeMs: number;
  readonly visibleMs: number;
  /** Numbers of the series. */
  readonly series: readonly number[];
  /** NaN is a reading; `undefined` says that the series is gone. */
  readonly values: readonly (number | undefined)[];
}

/** Events that a scrape was the first to show, on one route. */
export interface Gain {
  readonly timeMs: number;
  readonly route: number;
  readonly total: number;
  /** By failure. */
  readonly bad: readonly number[];
}
