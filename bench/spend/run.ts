/** One scenario: a month, the rules over it, and the two compared. */
import { join } from "node:path";
import { writeHistory } from "../oracle/history-file.ts";
import { type DumpedSeries, replay } from "../rules/replay.ts";
import { type Ledger, ledgerOf, recorded, valueAt } from "./ledger.ts";
import { budgetRules, handmadeRules } from "./rules.ts";
import type { SpendScenario } from "./scenario.ts";
import { DAY_MS, simulate } from "./simulate.ts";

/** Hundredths of a cent. */
export interface Figures {
  readonly name: string;
  readonly ledger: number;
  /** What no scrape could show. */
  readonly unseen: number;
  /** All tiles of the month. */
  readonly rules: number;
  /** Rules less what they could see. */
  readonly offBy: number;
  /** The day that is furthest from its ledger, and how far midnight may move it. */
  readonly worstDay: number;
  readonly worstDayAllowed: number;
  /** The sum of `increase(x[1d])` at every midnight. */
  readonly handmade: number;
  readonly seconds: number;
}

const DAY_TILES = 'budget:spend_dollars:increase4m{budget="day"}';
const DAY_SUMS = 'budget:spend_dollars:day{budget="day"}';

export async function runScenario(folder: string, scenario: SpendScenario, seed: number): Promise<Figures> {
  const began = performance.now();
  const { charges, ...history } = simulate(scenario, seed);
  const path = join(folder, "history.bin");
  writeHistory(path, history);
  const start = Date.parse(scenario.start);
  const end = start + scenario.days * DAY_MS;
  const from = start - 600_000;
  const to = end + 600_000;
  const peer = { name: "budgets", versions: [{ from, files: budgetRules(join(folder, "rules"), scenario) }] };
  const handmade = { name: "handmade", versions: [{ from, files: handmadeRules(join(folder, "handmade")) }] };
  const report = await replay(folder, {
    history: path,
    start: from,
    end: to,
    seed,
    intervalMs: 30_000,
    peers: [
      { ...peer, phase: "hash", drop: scenario.dropped, lateMs: scenario.lateMs, only: ["budget:used_ratio"] },
      { ...handmade, phase: "aligned" },
    ],
    costFrom: from,
    costTo: to,
    dump: [DAY_TILES, DAY_SUMS, "handmade:increase1d"].map((match) => ({ match, from, to })),
  });
  const failures = report.rules.filter((rule) => rule.failures > 0);
  if (failures.length > 0) throw new Error(JSON.stringify(failures[0]));
  return figuresOf(scenario, ledgerOf(scenario, charges), report.series, performance.now() - began);
}

function figuresOf(scenario: SpendScenario, ledger: Ledger, series: readonly DumpedSeries[], ms: number): Figures {
  const named = (name: string): DumpedSeries[] => series.filter(({ labels }) => labels.__name__ === name);
  const { total: rules, days } = recorded(
    scenario,
    named("budget:spend_dollars:increase4m"),
    named("budget:spend_dollars:day"),
  );
  const worst = days
    .map((day, index) => ({ off: day - seenOf(ledger, index), allowed: ledger.days[index]?.nearEnds ?? 0 }))
    .reduce((one, other) => (Math.abs(other.off) - other.allowed > Math.abs(one.off) - one.allowed ? other : one));
  return {
    name: scenario.name,
    ledger: ledger.total,
    unseen: ledger.unseen,
    rules,
    offBy: rules - (ledger.total - ledger.unseen),
    worstDay: worst.off,
    worstDayAllowed: worst.allowed,
    handmade: handmadeTotal(scenario, named("handmade:increase1d")),
    seconds: Math.round(ms / 1000),
  };
}

function seenOf({ days }: Ledger, index: number): number {
  const day = days[index];
  return day ? day.total - day.unseen : 0;
}

function handmadeTotal({ start, days }: SpendScenario, series: readonly DumpedSeries[]): number {
  const midnights = Array.from({ length: days }, (_, day) => Date.parse(start) + (day + 1) * DAY_MS);
  return midnights.reduce((sum, midnight) => sum + valueAt(series, midnight), 0);
}
