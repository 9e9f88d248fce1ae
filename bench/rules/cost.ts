/** What rules cost Prometheus in an hour, when all their windows are full. */
import { join } from "node:path";
import { writeHistory } from "../oracle/history-file.ts";
import { DAY, HOUR, type Scenario, wholeScrapes } from "../oracle/scenario.ts";
import { merge, simulate } from "../oracle/simulate.ts";
import { START_MS } from "../oracle/world.ts";
import type { Peer } from "./peer.ts";
import { type RuleCost, replay } from "./replay.ts";
import { availability, type BenchSlo } from "./slo.ts";

/** Raw series that one SLO selects. */
export interface CostCase {
  readonly name: string;
  readonly targets: number;
  readonly routes: number;
  readonly failingRoutes: number;
  readonly groupBy?: readonly string[];
}

export const COST_CASES: readonly CostCase[] = [
  { name: "220 series", targets: 20, routes: 10, failingRoutes: 1 },
  { name: "60 series", targets: 5, routes: 10, failingRoutes: 2 },
  { name: "400 series in 10 groups", targets: 20, routes: 10, failingRoutes: 10, groupBy: ["route"] },
];

export interface CostResult {
  readonly name: string;
  readonly days: number;
  readonly peers: readonly PeerCost[];
}

/** All of one SLO, in one hour. */
export interface PeerCost {
  readonly peer: string;
  readonly rules: number;
  readonly samplesRead: number;
  /** Recording rules that read raw series. Of ours, that is the base. */
  readonly base: number;
  readonly others: number;
  readonly seconds: number;
  readonly peakSamples: number;
  readonly failures: number;
  readonly byRule: readonly RuleCost[];
}

export interface CostOptions {
  readonly days: number;
  /** Days of raw series: no window of raw series may be longer. */
  readonly rawDays: number;
}

/** Evaluates everything for the last hour; before, what is read over a range. One small target fills the past. */
export async function measureCost(
  one: CostCase,
  peers: readonly Peer[],
  folder: string,
  { days, rawDays }: CostOptions,
): Promise<CostResult> {
  const history = join(folder, "history.bin");
  const from = Math.max(0, (days - rawDays) * DAY - 2 * HOUR);
  writeHistory(history, merge([simulate(past(one, days, from)), simulate(present(one, days, from))]));
  const slo: BenchSlo = one.groupBy ? { ...availability, groupBy: one.groupBy } : availability;
  const end = START_MS + days * DAY * 1000;
  const report = await replay(folder, {
    history,
    start: START_MS,
    end,
    intervalMs: wholeScrapes.everySeconds * 1000,
    costFrom: end - HOUR * 1000,
    costTo: end,
    peers: peers.map((peer) => ({
      name: peer.name,
      phase: "hash",
      warmUntil: end - 2 * HOUR * 1000,
      versions: [{ from: START_MS, files: peer.rules(join(folder, peer.name), [slo], wholeScrapes.everySeconds) }],
    })),
  });
  return { name: one.name, days, peers: peers.map(({ name }) => sumUp(name, report.rules)) };
}

/** It leaves when the others have come. */
function past({ groupBy, routes }: CostCase, days: number, from: number): Scenario {
  const small = { targets: 1, routes: groupBy ? routes : 1, failingRoutes: 1 };
  return { ...common(days), ...small, name: "past", prefix: "past", seconds: from + HOUR };
}

function present({ targets, routes, failingRoutes }: CostCase, days: number, from: number): Scenario {
  return { ...common(days), name: "present", targets, routes, failingRoutes, from };
}

function common(days: number): Omit<Scenario, "name" | "targets" | "routes" | "failingRoutes"> {
  return {
    seed: 1,
    seconds: days * DAY,
    traffic: () => 0.3,
    failures: [{ metric: "errors_total", born: "at-start", ratio: () => 0.01 }],
    scrapes: wholeScrapes,
  };
}

function sumUp(peer: string, all: readonly RuleCost[]): PeerCost {
  const rules = all.filter((rule) => rule.peer === peer);
  const sum = (some: readonly RuleCost[], of: (rule: RuleCost) => number): number =>
    some.reduce((total, rule) => total + of(rule), 0);
  const samplesRead = sum(rules, (rule) => rule.samplesRead);
  const base = sum(
    rules.filter(({ kind, readsRaw }) => kind === "record" && readsRaw),
    (rule) => rule.samplesRead,
  );
  return {
    peer,
    rules: rules.length,
    samplesRead,
    base,
    others: samplesRead - base,
    seconds: sum(rules, (rule) => rule.seconds),
    peakSamples: Math.max(...rules.map((rule) => rule.peakSamples)),
    failures: sum(rules, (rule) => rule.failures),
    byRule: rules,
  };
}
