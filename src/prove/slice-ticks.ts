/** What a budget of slices records, computed from what its base has counted and not from PromQL. */
import { sliceBadness } from "../compile/slice-maths.ts";
import type { Budgeting } from "../model/budgeting.ts";
import { type Base, sliceShare } from "../sli/base.ts";
import type { Ticks } from "./base-oracle.ts";

/** The same history in slices; as it is where events are counted. */
export function budgetedTicks(ticks: Ticks, method: Budgeting, base: Base): Ticks {
  if (method.kind === "events") return ticks;
  const share = sliceShare(method.sliceSeconds, base);
  const interval = base.intervalMs / 1000;
  const slices = ticks.total.map((_, index) => {
    const slice = within(ticks, index, Math.ceil(method.sliceSeconds / interval));
    const seen = within(ticks, index, Math.ceil(3600 / interval)) !== undefined;
    if (slice && slice.total > 0) return { total: share, bad: share * sliceBadness(method, slice.bad, slice.total) };
    return idleSlice(slice !== undefined, seen, base, share);
  });
  return {
    total: slices.map((slice) => slice?.total),
    bad: slices.map((slice) => slice?.bad),
    events: ticks.total,
  };
}

interface Sums {
  readonly total: number;
  readonly bad: number;
}

/** What this many evaluations counted, the last one at `index`; undefined where none left a sample. */
function within({ total, bad }: Ticks, index: number, evaluations: number): Sums | undefined {
  const first = Math.max(0, index - evaluations + 1);
  const counted = total.slice(first, index + 1).filter((count) => count !== undefined);
  if (counted.length === 0) return undefined;
  const sum = (counts: readonly (number | undefined)[]): number =>
    counts.reduce<number>((so, count) => so + (count ?? 0), 0);
  return { total: sum(counted), bad: sum(bad.slice(first, index + 1)) };
}

/** What a slice without events counts as. */
function idleSlice(measured: boolean, seen: boolean, base: Base, share: number): Sums | undefined {
  if (base.noTraffic === "ignore") return measured ? { total: 0, bad: 0 } : undefined;
  if (base.by.length > 0 && !seen) return undefined;
  return { total: share, bad: base.noTraffic === "bad" ? share : 0 };
}
