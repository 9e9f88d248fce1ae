/**
 * The law of DESIGN.md §5 for budgets: with results that are visible only after the evaluation, the same money is
 * counted, the day turns as it does, and every alert fires, some evaluations later.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeHistory } from "../../bench/oracle/history-file.ts";
import type { Labels, Scrape } from "../../bench/oracle/world.ts";
import type { DumpedSeries } from "../../bench/rules/replay.ts";
import type { BudgetDeclaration } from "../../src/declare/declaration.ts";
import { render } from "../../src/emit/artifact.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { budgetPlan } from "../compile/spend/months.ts";
import { describeWithEngine } from "../support/engines.ts";
import { replayOnce } from "../support/remembered.ts";

const START_MS = Date.parse("2026-11-29T21:00:00Z");
const SCRAPE_MS = 30_000;
/** Three hours of one day and two of the next. */
const SCRAPES = 600;
const RESTARTS_AT = 200;
const BORN_AT = 90;

const dollars = (amount: number) => ({ amount, unit: "dollars" });
const metric = "cost_dollars_total";
const budgets: readonly BudgetDeclaration[] = [
  {
    kind: "spend",
    name: "day",
    metric,
    per: "day",
    limit: dollars(400),
    by: ["model"],
    limits: { a: dollars(100) },
    limitEach: dollars(500),
  },
  { kind: "spend", name: "week", metric, per: "7d", limit: dollars(3000) },
  {
    kind: "spend",
    name: "priced",
    per: "month",
    limit: dollars(2),
    prices: { tokens: { input: "tokens_total" }, model: "model", per: "1k", models: { a: { input: dollars(0.01) } } },
  },
];

const folder = mkdtempSync(join(tmpdir(), "firebreak-spend-order-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** $1 at every scrape for `a`, half of that for `b`, which is born late; both processes restart once. */
function history(): { series: Labels[]; scrapes: Scrape[] } {
  const target = { job: "j", instance: "i" };
  const counter = (step: number, from: number) => (at: number) =>
    at < from ? undefined : step * (at < RESTARTS_AT ? at - from + 1 : at - RESTARTS_AT + 1);
  const all: readonly [Labels, (at: number) => number | undefined][] = [
    [{ __name__: "up", ...target }, () => 1],
    [{ __name__: metric, ...target, model: "a" }, counter(1, 0)],
    [{ __name__: metric, ...target, model: "b" }, counter(0.5, BORN_AT)],
    [{ __name__: "tokens_total", ...target, model: "a" }, counter(500, 0)],
  ];
  const scrapes = Array.from({ length: SCRAPES }, (_, at): Scrape => {
    const timeMs = START_MS + at * SCRAPE_MS + 7000;
    const values = all.map(([, value]) => value(at));
    return { timeMs, visibleMs: timeMs + 1000, series: all.map((_one, index) => index), values };
  });
  return { series: all.map(([labels]) => labels), scrapes };
}

async function replayed(late: boolean, phase: "hash" | "aligned"): Promise<readonly DumpedSeries[]> {
  const dir = mkdtempSync(join(folder, "job-"));
  const path = join(dir, "history.bin");
  writeHistory(path, history());
  const files = prometheus.emit(budgetPlan(budgets), {}).map((file) => {
    const to = join(dir, file.path);
    mkdirSync(dirname(to), { recursive: true });
    writeFileSync(to, render(file));
    return to;
  });
  const [from, to] = [START_MS, START_MS + SCRAPES * SCRAPE_MS];
  const { rules, series } = await replayOnce(dir, {
    history: path,
    start: from,
    end: to,
    intervalMs: SCRAPE_MS,
    late,
    peers: [{ name: "firebreak", phase, versions: [{ from, files }] }],
    dump: ['{__name__=~"budget:.*"}', 'ALERTS{alertstate="firing"}'].map((match) => ({ match, from, to })),
  });
  expect(rules.filter(({ failures }) => failures > 0)).toEqual([]);
  return series;
}

function numbers({ t, v }: DumpedSeries): (readonly [time: number, value: number])[] {
  return t.flatMap((time, at) => (typeof v[at] === "number" ? [[time, v[at]] as const] : []));
}

function nameOf({ labels: { __name__: name = "", ...labels } }: DumpedSeries): string {
  const inside = Object.entries(labels).sort(([a], [b]) => (a < b ? -1 : 1));
  return `${name}{${inside.map(([label, value]) => `${label}="${value}"`).join(",")}}`;
}

/** What is counted in all, by what each series is of. */
function totals(series: readonly DumpedSeries[]): Record<string, number> {
  const tiles = series.filter(({ labels }) => labels.__name__?.endsWith(":increase4m"));
  return Object.fromEntries(tiles.map((one) => [nameOf(one), numbers(one).reduce((sum, [, value]) => sum + value, 0)]));
}

/** The most that a day had, and the least after it. */
function turnOf(series: readonly DumpedSeries[], model: string): [number, number] {
  const [sum] = series.filter(({ labels }) => labels.__name__ === "budget:spend_dollars:day" && labels.model === model);
  const midnight = Date.parse("2026-11-30T00:00:00Z");
  const values = sum ? numbers(sum) : [];
  const after = values.filter(([time]) => time > midnight + 10 * 60_000);
  return [Math.max(...values.map(([, value]) => value)), Math.min(...after.map(([, value]) => value))];
}

function firstFiring(series: readonly DumpedSeries[]): Map<string, number> {
  const alerts = series.filter(({ labels }) => labels.__name__ === "ALERTS");
  return new Map(alerts.map((one) => [nameOf(one), Math.min(...numbers(one).map(([time]) => time))]));
}

describeWithEngine("replay", "budgets on a ruler that shows results only after the evaluation", () => {
  test.each(["aligned", "hash"] as const)("count, turn and alert as on Prometheus, groups %s", async (phase) => {
    const [prompt, late] = [await replayed(false, phase), await replayed(true, phase)];
    expect(late.map(nameOf).sort()).toEqual(prompt.map(nameOf).sort());
    const counted = totals(prompt);
    expect(Object.keys(counted).length).toBe(4);
    for (const [name, total] of Object.entries(totals(late))) {
      // The last tile may not be there yet, nor the last evaluation of tokens.
      expect(Math.abs(total - (counted[name] ?? 0)), name).toBeLessThanOrEqual(name.includes("priced") ? 0.045 : 8);
    }
    expect(turnOf(late, "a")).toEqual(turnOf(prompt, "a"));
    // 359 to 360 dollars until midnight, whatever the groups' moments are: a scrape is at seven seconds past.
    expect(turnOf(prompt, "a")[0]).toBeGreaterThanOrEqual(350);
    expect(turnOf(prompt, "a")[1]).toBeLessThanOrEqual(24);
    // The sum, the forecast and its alert are each an evaluation later.
    const [then, later] = [firstFiring(prompt), firstFiring(late)];
    expect(then.size).toBeGreaterThan(8);
    for (const [name, time] of then) expect((later.get(name) ?? 0) - time, name).toBeLessThanOrEqual(3 * 240_000);
    // What is to come is read from the share of the period that was gone an evaluation before: a pace shows that much sooner.
    const soonest = (name: string): number => (name.includes("BudgetBurn") ? -2 * 60_000 : 0);
    for (const [name, time] of then) expect((later.get(name) ?? 0) - time, name).toBeGreaterThanOrEqual(soonest(name));
  });
});
