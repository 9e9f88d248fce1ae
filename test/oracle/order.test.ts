/**
 * The law of DESIGN.md §5: no rule needs what another rule wrote in the same evaluation. Replayed with results that are
 * visible only afterwards, every rule records what it records in Prometheus, and every alert fires, some evaluations later.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { writeHistory } from "../../bench/oracle/history-file.ts";
import { START_MS } from "../../bench/oracle/world.ts";
import type { DumpedSeries } from "../../bench/rules/replay.ts";
import { compile } from "../../src/compile/compile.ts";
import type { Plan, ServicePlan, SloPlan } from "../../src/compile/plan.ts";
import { render } from "../../src/emit/artifact.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { parse } from "../../src/parse/parse.ts";
import { parseDuration } from "../../src/promql/duration.ts";
import * as everything from "../golden/everything/index.ts";
import { describeWithEngine } from "../support/engines.ts";
import { replayOnce } from "../support/remembered.ts";
import { FAILS, historyOf, SCRAPE_SECONDS, SCRAPES, withoutHistory } from "./order-history.ts";

const declared = parse(everything);
const { plan } = compile(declared.services, declared.platform);
const plans = plan.services
  .filter(({ slos }) => slos.length > 0)
  .map((service): readonly [string, Plan] => [service.service.name, { ...plan, services: [onlySlos(service)] }]);

/** Budgets and experiments have raw series of their own, and are replayed by themselves. */
function onlySlos(service: ServicePlan): ServicePlan {
  return { ...service, budgets: [], experiments: [] };
}

const folder = mkdtempSync(join(tmpdir(), "firebreak-order-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const END_MS = START_MS + SCRAPES * SCRAPE_SECONDS * 1000;

async function replayed(plan: Plan, late: boolean): Promise<Map<string, Series>> {
  const dir = mkdtempSync(join(folder, "job-"));
  const history = join(dir, "history.bin");
  writeHistory(history, historyOf(plan));
  const files = prometheus.emit(plan, {}).map((file) => {
    const path = join(dir, file.path);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, render(file));
    return path;
  });
  const dumped = ['{__name__=~"slo:.*"}', 'ALERTS{alertstate="firing"}'];
  const { rules, series } = await replayOnce(dir, {
    history,
    start: START_MS,
    end: END_MS,
    intervalMs: 30_000,
    late,
    peers: [{ name: "firebreak", phase: "aligned", versions: [{ from: START_MS, files }] }],
    dump: dumped.map((match) => ({ match, from: START_MS, to: END_MS })),
  });
  expect(rules.filter(({ failures }) => failures > 0)).toEqual([]);
  return new Map(series.map((one) => [nameOf(one), samplesOf(one)]));
}

type Series = ReadonlyMap<number, number>;

function nameOf({ labels: { __name__: name = "", ...labels } }: DumpedSeries): string {
  const inside = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${name}{${inside.map(([label, value]) => `${label}="${value}"`).join(",")}}`;
}

function samplesOf({ t, v }: DumpedSeries): Series {
  return new Map(t.flatMap((time, at) => (typeof v[at] === "number" ? [[time, v[at]] as const] : [])));
}

/** What is wrong with a series on the late ruler, in words. */
function difference(name: string, prompt: Series, late: Series | undefined, pace: (name: string) => number): string[] {
  if (late === undefined || late.size === 0) return [`${name} is never there`];
  if (name.startsWith("ALERTS")) return laterThan(name, prompt, late);
  const every = pace(name);
  const allowed = allowedIn(name, prompt, every);
  const step = stepOf(prompt);
  const best = Math.min(...LAGS.map((lag) => largest(prompt, late, lag * step)));
  return [
    ...(best > allowed ? [`${name} differs by ${best}, over ${allowed}`] : []),
    ...(late.size < (prompt.size - MISSING_AT_ENDS) * shareThere(name, every)
      ? [`${name} has ${late.size} samples for ${prompt.size}`]
      : []),
  ];
}

/** What is counted is the same; a window lacks its newest samples, one of its own and one of what it reads. */
function allowedIn(name: string, prompt: Series, every: number): number {
  // A time of first sight is a tile later where sight is.
  if (/^slo:\w+_counted_from_seconds/.test(name)) return 240;
  if (!/^slo:(error_ratio|component|error_budget_remaining|coverage)/.test(name)) return 1e-9;
  const [, window = "1d"] = /:rate(\w+)\{/.exec(name) ?? [];
  const seconds = Math.min(secondsOf(window), FAILS.from * SCRAPE_SECONDS);
  const values = [...prompt.values()];
  // The share of the period that was seen steps up every two hours, over a burn that is older on a late ruler.
  const steps = name.startsWith("slo:error_budget_remaining") ? 4 : 2.2;
  return steps * (every / seconds) * (Math.max(...values) - Math.min(...values) || 1);
}

/** A window of one slice is empty where its only one is not visible yet. */
function shareThere(name: string, every: number): number {
  const [, window] = /:rate(\w+)\{/.exec(name) ?? [];
  return window !== undefined && secondsOf(window) <= every ? 0.75 : 1;
}

function secondsOf(window: string): number {
  return (parseDuration(window) ?? 0) / 1000;
}

/** Seconds from one sample of an SLO's counts to the next: an evaluation or a slice, its own or its components'. */
function paceOf(slo: SloPlan): number {
  return Math.max(
    slo.slo.sli.kind === "composite" ? 60 : 0,
    slo.measurement.totalEverySeconds,
    slo.measurement.intervalSeconds,
  );
}

/** What reads what reads the base is two evaluations later. */
const LAGS = [0, 1, 2, 3];
/** At the beginning, and after each time away. */
const MISSING_AT_ENDS = 3 * 3;

function largest(prompt: Series, late: Series, lagMs: number): number {
  const differences = [...late].flatMap(([time, value]) => {
    const before = prompt.get(time - lagMs);
    return before === undefined ? [] : [Math.abs(value - before)];
  });
  return differences.length === 0 ? Number.POSITIVE_INFINITY : Math.max(...differences);
}

/**
 * What is left of a budget is 1 less its burn times the share of the window in which the rules ran. On the late ruler the burn
 * is two tiles old, and the share is not: here, when the rules are 80 minutes old, it takes the burn of 72m, after which 0.08
 * was left, for a tenth more time, finds -0.04, and tells of an exhausted budget. In Prometheus 0.03 is left until 152m, when it
 * tells of it too. Where all of the window was measured the share is 1 for both.
 */
const IS_OF_WHAT_IS_LEFT = /alertname="Slo(?:BudgetLow|BudgetExhausted|PolicyWarn|PolicyFreeze)"/;

function laterThan(name: string, prompt: Series, late: Series): string[] {
  const delay = Math.min(...late.keys()) - Math.min(...prompt.keys());
  // A composite reads what its components recorded, an evaluation after them.
  const most = (name.includes('slo="composite') ? 4 : 3) * stepOf(prompt);
  const isEarly = delay < 0 && !IS_OF_WHAT_IS_LEFT.test(name);
  return isEarly || delay > most ? [`${name} fires ${delay / 1000}s later`] : [];
}

/** From one sample to the next. */
function stepOf(series: Series): number {
  const times = [...series.keys()];
  return Math.min(...times.slice(1).map((time, at) => time - (times[at] ?? 0)), 240_000);
}

/** Their raw series cannot be derived: expressions, and histograms that are one series. */
const NOT_REPLAYED: readonly string[] = [
  "kinds/events-promql",
  "kinds/latency-native",
  "kinds/latency-nhcb",
  "kinds/ratio-good",
];

test("what is not replayed is named", () => {
  expect(plans.flatMap(([, plan]) => withoutHistory(plan)).sort()).toEqual(NOT_REPLAYED);
});

describeWithEngine("replay", "with results that are visible only after the evaluation,", () => {
  describe.each(plans)("%s", (_name, plan) => {
    test("every rule records the same, and every alert fires", async () => {
      const [prompt, late] = [await replayed(plan, false), await replayed(plan, true)];
      expect(prompt.size).toBeGreaterThan(20);
      expect([...late].filter(([name]) => !prompt.has(name)).map(([name, { size }]) => `${name}: ${size}`)).toEqual([]);
      const slos = plan.services.flatMap((service) => service.slos);
      const pace = (name: string): number => {
        const slo = slos.find((each) => name.includes(`slo="${each.slo.name}"`));
        const isSlow = stepOf(prompt.get(name) ?? new Map()) >= 240_000;
        return isSlow ? 240 : slo ? paceOf(slo) : 30;
      };
      expect([...prompt].flatMap(([name, series]) => difference(name, series, late.get(name), pace))).toEqual([]);
    });
  });
});
