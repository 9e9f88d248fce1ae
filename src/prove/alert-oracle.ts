/** When a tier must fire, computed from the base's ticks and not from PromQL. */
import { isLong, type Measure } from "../compile/measure.ts";
import type { TierPlan } from "../compile/plan.ts";
import type { Slo } from "../model/service.ts";
import type { Ticks } from "./base-oracle.ts";

/** `unclear` where two numbers that decide are equal but for rounding: such instants are not asserted. */
export type Verdict = "firing" | "silent" | "unclear";

export interface Judgement {
  /** Seconds between evaluations of this tier. */
  readonly everySeconds: number;
  /** One verdict per evaluation, from time 0. */
  readonly verdicts: readonly Verdict[];
}

/** Sums over a window that ends at an evaluation. */
interface Sums {
  readonly total: number;
  readonly bad: number;
  readonly samples: number;
}

const TIE = 1e-9;

export function judge(tier: TierPlan, slo: Slo, measure: Measure, ticks: Ticks): Judgement {
  const everySeconds = isLong(tier.longSeconds) ? measure.tileSeconds : measure.intervalSeconds;
  const windows = windowReader(measure, ticks);
  const end = (ticks.total.length - 1) * measure.intervalSeconds;
  const count = Math.floor(end / everySeconds) + 1;
  const burning = Array.from({ length: count }, (_, index) =>
    verdictAt(index * everySeconds, tier, slo, measure, windows),
  );
  return { everySeconds, verdicts: afterFor(burning, tier.forSeconds / everySeconds) };
}

function verdictAt(
  time: number,
  tier: TierPlan,
  slo: Slo,
  measure: Measure,
  read: (time: number, seconds: number) => Sums,
): Verdict {
  const long = read(time, tier.longSeconds);
  const short = read(time, tier.shortSeconds);
  if (long.total <= 0) return "silent";
  const expected = tier.longSeconds / measure.intervalSeconds;
  const conditions = [
    compare((long.bad / long.total) * (long.samples / expected), tier.threshold),
    guard(slo.minEvents, long.total),
    guard(slo.minBad, long.bad),
  ];
  const blind = short.samples === 0;
  const held = read(time, 3600).samples > 0 || tier.longSeconds <= 3600;
  if (tier.severity === "page") conditions.push(held ? "firing" : "silent");
  conditions.push(
    blind ? (tier.severity === "page" ? "firing" : "silent") : compare(short.bad, tier.threshold * short.total),
  );
  return all(conditions);
}

/** Strictly greater, with room for rounding. */
function compare(value: number, limit: number): Verdict {
  if (Math.abs(value - limit) <= TIE * Math.max(Math.abs(value), Math.abs(limit)))
    return value === 0 && limit === 0 ? "silent" : "unclear";
  return value > limit ? "firing" : "silent";
}

function guard(least: number | undefined, actual: number): Verdict {
  if (least === undefined) return "firing";
  return Math.abs(actual - least) < TIE * least ? "unclear" : actual >= least ? "firing" : "silent";
}

function all(verdicts: readonly Verdict[]): Verdict {
  if (verdicts.includes("silent")) return "silent";
  return verdicts.includes("unclear") ? "unclear" : "firing";
}

/** `for: 2m` at 30s evaluations: pending from the first one, firing from the fifth. */
function afterFor(burning: readonly Verdict[], steps: number): Verdict[] {
  let since = -1;
  return burning.map((verdict, index) => {
    if (verdict !== "firing") since = -1;
    else if (since < 0) since = index;
    if (verdict !== "firing" || index - since >= steps) return verdict;
    return "silent";
  });
}

function windowReader(measure: Measure, ticks: Ticks): (time: number, seconds: number) => Sums {
  const sums = prefixSums(ticks);
  const interval = measure.intervalSeconds;
  const onBase = (from: number, to: number): Sums =>
    between(sums, Math.floor(from / interval), Math.floor(to / interval));
  return (time, seconds) => {
    if (!isLong(seconds)) return onBase(time - seconds, time);
    // The tiles that ended in the window, each an interval late.
    const tile = measure.tileSeconds;
    const lastTile = Math.floor(time / tile) * tile;
    const tiles = Math.min(Math.floor(lastTile / tile), Math.floor(seconds / tile));
    return onBase(lastTile - tiles * tile - interval, lastTile - interval);
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
