/** The ledger of a month, and what rules recorded of it, both by local day. Amounts in hundredths of a cent. */
import type { DumpedSeries } from "../rules/replay.ts";
import type { SpendScenario } from "./scenario.ts";
import { type Charge, DAY_MS, SCRAPE_MS } from "./simulate.ts";

export interface Ledger {
  readonly total: number;
  /** Died with its process before any scrape could show it. */
  readonly unseen: number;
  readonly days: readonly LedgerDay[];
}

export interface LedgerDay {
  readonly total: number;
  readonly unseen: number;
  /** Spent so close to the day's ends that no scrape can tell on which side. */
  readonly nearEnds: number;
}

/**
 * A charge is shown by the next scrape and dated by an evaluation: either may put it on the other side of midnight. Where
 * that lies within a tile, the whole of it may.
 */
function nearMs({ offset }: SpendScenario): number {
  const minutes = Number(offset.slice(-2));
  return 2 * SCRAPE_MS + (minutes % 4 === 0 ? 0 : TILE_MS);
}

const TILE_MS = 240_000;

export function ledgerOf(scenario: SpendScenario, charges: readonly Charge[]): Ledger {
  const beginMs = Date.parse(scenario.start);
  const days = Array.from({ length: scenario.days }, () => ({ total: 0, unseen: 0, nearEnds: 0 }));
  for (const charge of charges) enter(days, charge, (charge.timeMs - beginMs) / DAY_MS, nearMs(scenario));
  const sum = (of: (day: LedgerDay) => number): number => days.reduce((all, day) => all + of(day), 0);
  return { total: sum((day) => day.total), unseen: sum((day) => day.unseen), days };
}

type OpenDay = { -readonly [Key in keyof LedgerDay]: LedgerDay[Key] };

function enter(days: readonly OpenDay[], { units, seen }: Charge, at: number, near: number): void {
  const day = days[Math.floor(at)];
  if (!day) return;
  day.total += units;
  if (!seen) day.unseen += units;
  const midnight = Math.round(at);
  if (Math.abs(at - midnight) * DAY_MS > near) return;
  for (const day of [days[midnight - 1], days[midnight]]) if (day) day.nearEnds += units;
}

/** What the tiles hold in all, and what the sum of each local day was before the next one began. */
export function recorded(
  scenario: SpendScenario,
  tiles: readonly DumpedSeries[],
  sums: readonly DumpedSeries[],
): { total: number; days: number[] } {
  const dollars = tiles.flatMap(({ v }) => v).filter((value) => typeof value === "number");
  const total = Math.round(dollars.reduce((sum, value) => sum + value, 0) * 10_000);
  const ends = Array.from({ length: scenario.days }, (_, day) => Date.parse(scenario.start) + (day + 1) * DAY_MS);
  return { total, days: ends.map((end) => valueAt(sums, end + TURNS_AFTER_MS)) };
}

/** The last moment at which a day's sum has all of its tiles and is not yet the next day's. */
const TURNS_AFTER_MS = 299_999;

/** The value of a series, summed over its labels, at or before a moment. */
export function valueAt(series: readonly DumpedSeries[], atMs: number): number {
  const values = series.map(({ t, v }) => {
    const index = t.findLastIndex((time) => time <= atMs);
    const value = v[index];
    return typeof value === "number" ? value : 0;
  });
  return Math.round(values.reduce((sum, value) => sum + value, 0) * 10_000);
}
