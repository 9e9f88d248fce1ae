/** What windows hold of the base, and how much of them counts: what the oracles read, computed from ticks. */
import { isLong, type Measure } from "../compile/measure.ts";
import type { TierPlan } from "../compile/plan.ts";
import type { Ticks } from "./base-oracle.ts";

/** Sums over a window that ends at an evaluation. */
export interface Sums {
  readonly total: number;
  readonly bad: number;
  readonly samples: number;
}

/** Sums of the window of so many seconds that ends at a time. */
export type Read = (time: number, seconds: number) => Sums;

/** Sums of the base over windows, as rules of that length read them. */
export function windowReader(measure: Measure, ticks: Ticks): Read {
  const sums = prefixSums(ticks);
  const interval = measure.intervalSeconds;
  const onBase = (from: number, to: number): Sums =>
    between(sums, Math.floor(from / interval), Math.floor(to / interval));
  return (time, seconds) => {
    if (!isLong(measure, seconds)) return onBase(time - seconds, time);
    // Whole tiles: as many as begin within the window.
    const tile = measure.tileSeconds;
    const lastTile = Math.floor(time / tile) * tile;
    return onBase(lastTile - Math.ceil(seconds / tile) * tile, lastTile);
  };
}

type Prefix = readonly Sums[];

function prefixSums(ticks: Ticks): Prefix {
  const sums: Sums[] = [{ total: 0, bad: 0, samples: 0 }];
  ticks.total.forEach((total, index) => {
    const before = sums[index] as Sums;
    sums.push({
      total: before.total + (total ?? 0),
      bad: before.bad + (ticks.bad[index] ?? 0),
      samples: before.samples + (total === undefined ? 0 : 1),
    });
  });
  return sums;
}

/** Ticks with an index in (from, to]. */
function between(sums: Prefix, from: number, to: number): Sums {
  const low = sums[clamp(from + 1, sums.length)] as Sums;
  const high = sums[clamp(to + 1, sums.length)] as Sums;
  return { total: high.total - low.total, bad: high.bad - low.bad, samples: high.samples - low.samples };
}

function clamp(index: number, length: number): number {
  return Math.min(Math.max(index, 0), length - 1);
}

/** All of the window for a group that was known before it began, at half hours or by its tiles; else what was seen. */
export function coverage(
  time: number,
  long: Sums,
  { longSeconds }: Pick<TierPlan, "longSeconds">,
  measure: Measure,
  read: Read,
): number {
  const begin = time - longSeconds;
  const seen = (mark: number): boolean =>
    measure.recordsHour ? read(mark, 3600).total > 0 : read(mark, 300).samples > 0;
  const known = (mark: number): boolean => mark > begin - 86_400 && mark >= 0 && seen(mark);
  if (known(Math.floor(begin / 1800) * 1800)) return 1;
  return Math.min(1, (long.samples * measure.intervalSeconds) / longSeconds);
}
