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

/** A charge is shown by the next scrape and dated by an evaluation: either may put it on the other side of midnight. */
const NEAR_MS = 2 * SCRAPE_MS;

export function ledgerOf(scenario: SpendScenario, charges: readonly Charge[]): Ledger {
  const beginMs = Date.parse(scenario.start);
  const days = Array.from({ length: scenario.days }, () => ({ total: 0, unseen: 0, nearEnds: 0 }));
  for (const charge of charges) enter(days, charge, (charge.timeMs - beginMs) / DAY_MS);
  const sum = (of: (day: LedgerDay) => number): number => days.reduce((all, day) => all + of(day), 0);
  return { total: sum((day) => day.total), unseen: sum((day) => day.unseen), days };
}

type OpenDay = { -readonly [Key in keyof LedgerDay]: LedgerDay[Key] };

function enter(days: readonly OpenDay[], { units, seen }: Charge, at: number): void {
  const day = days[Math.floor(at)];
  if (!day) return;
  day.total += units;
  if (!seen) day.unseen += units;
  const midnight = Math.round(at);
  if (Math.abs(at - midnight) * DAY_MS > NEAR_MS) return;
  for (const near of [days[midnight - 1], days[midnight]]) if (near) near.nearEnds += units;
}

/** What tiles hold: in all, and by local day, which their own label says. */
export function recorded(scenario: SpendScenario, series: readonly DumpedSeries[]): { total: number; days: number[] } {
  const byDay = new Map<string, number>();
  for (const { labels, v } of series) {
    const sum = v.reduce<number>((all, value) => all + (typeof value === "number" ? value : 0), 0);
    const day = labels.day ?? "";
    byDay.set(day, (byDay.get(day) ?? 0) + sum);
  }
  const units = (dollars: number): number => Math.round(dollars * 10_000);
  return {
    total: units([...byDay.values()].reduce((sum, day) => sum + day, 0)),
    days: dayNames(scenario).map((name) => units(byDay.get(name) ?? 0)),
  };
}

/** `20260228`, for each local day. */
export function dayNames({ start, days, offset }: SpendScenario): string[] {
  const local = Date.parse(start) + offsetMs(offset);
  return Array.from({ length: days }, (_, day) =>
    new Date(local + day * DAY_MS).toISOString().slice(0, 10).replaceAll("-", ""),
  );
}

/** The value of a series, summed over its labels, at or before a moment. */
export function valueAt(series: readonly DumpedSeries[], atMs: number): number {
  const values = series.map(({ t, v }) => {
    const index = t.findLastIndex((time) => time <= atMs);
    const value = v[index];
    return typeof value === "number" ? value : 0;
  });
  return Math.round(values.reduce((sum, value) => sum + value, 0) * 10_000);
}

function offsetMs(offset: string): number {
  const [hours = 0, minutes = 0] = offset.slice(1).split(":").map(Number);
  return (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes) * 60_000;
}
