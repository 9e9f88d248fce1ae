/** When what happens, and from when on comparisons know it: worked out from the intervals alone. In seconds. */
import type { ExperimentMeasurement } from "../../compile/experiment/experiment-measurement.ts";
import { upTo } from "../arithmetic.ts";

export interface Timing {
  readonly scrape: number;
  readonly every: number;
  /** The scrapes that see events: everybody's first ones, what comes soon after, and everybody's later ones. */
  readonly bursts: { readonly first: number; readonly soon: number; readonly later: number };
  readonly until: number;
  /** From when on comparisons know what a scrape saw. */
  readonly knownFrom: (scrapeAt: number) => number;
}

/**
 * @param behind - Evaluations by which a kind counts later than others.
 * @param holdSeconds - How long something must hold before an alert fires.
 */
export function timingOf(measurement: ExperimentMeasurement, behind: number, holdSeconds: number): Timing {
  const { experiment, base, intervalSeconds: every, compareSeconds: tile } = measurement;
  const scrape = experiment.scrapeSeconds;
  const knownFrom = (scrapeAt: number): number => {
    const counted = upTo(scrapeAt + base.settleMs / 1000, every) + behind * every;
    return upTo(counted + every, tile);
  };
  const first = upTo(tile, scrape);
  const fired = upTo(knownFrom(first) + holdSeconds, every);
  const later = upTo(fired + tile, scrape);
  const until = knownFrom(later) + tile;
  return { scrape, every, bursts: { first, soon: upTo(first + tile, scrape), later }, until, knownFrom };
}
