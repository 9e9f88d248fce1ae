/**
 * The truth of a window at an instant: bad over total of the events that scrapes within it were the first to show.
 * An instant is "settled": what was scraped by `t - settle`, since no rule can know more without losing what is on its way.
 */
import type { Gain, World } from "./world.ts";

export interface Truth {
  /** Events in the window that ends at `timeMs`. */
  readonly bad: (timeMs: number, windowMs: number) => number;
  readonly total: (timeMs: number, windowMs: number) => number;
  /** Bad over total; undefined where nothing happened. */
  readonly ratio: (timeMs: number, windowMs: number) => number | undefined;
}

/** What the truth is of: one failure, on one route or on all. */
export interface Question {
  readonly failure?: number;
  readonly route?: number;
  readonly settleMs: number;
}

export function truthOf(world: World, { failure = 0, route, settleMs }: Question): Truth {
  const gains = route === undefined ? world.gains : world.gains.filter((gain) => gain.route === route);
  const times = Float64Array.from(gains, ({ timeMs }) => timeMs);
  const bads = runningSum(gains, (gain) => gain.bad[failure] ?? 0);
  const totals = runningSum(gains, (gain) => gain.total);
  const within = (sums: Float64Array, timeMs: number, windowMs: number): number =>
    upTo(sums, times, timeMs - settleMs) - upTo(sums, times, timeMs - settleMs - windowMs);
  const bad: Truth["bad"] = (timeMs, windowMs) => within(bads, timeMs, windowMs);
  const total: Truth["total"] = (timeMs, windowMs) => within(totals, timeMs, windowMs);
  return { bad, total, ratio: (timeMs, windowMs) => share(bad(timeMs, windowMs), total(timeMs, windowMs)) };
}

function share(bad: number, total: number): number | undefined {
  return total > 0 ? bad / total : undefined;
}

function runningSum(gains: readonly Gain[], of: (gain: Gain) => number): Float64Array {
  const sums = new Float64Array(gains.length + 1);
  gains.forEach((gain, index) => {
    sums[index + 1] = (sums[index] ?? 0) + of(gain);
  });
  return sums;
}

/** The sum of all that happened at or before the time. */
function upTo(sums: Float64Array, times: Float64Array, timeMs: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((times[middle] ?? 0) <= timeMs) low = middle + 1;
    else high = middle;
  }
  return sums[low] ?? 0;
}
