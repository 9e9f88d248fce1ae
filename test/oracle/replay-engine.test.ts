/** The replay engine does what a live Prometheus does: what is on its way is unseen, alerts wait, ends are marked. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { writeHistory } from "../../bench/oracle/history-file.ts";
import { type Scrape, START_MS } from "../../bench/oracle/world.ts";
import { type DumpedSeries, type PeerJob, type Report, replay } from "../../bench/rules/replay.ts";
import { describeWithEngine } from "../support/engines.ts";

const folder = mkdtempSync(join(tmpdir(), "firebreak-replay-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const at = (seconds: number): number => START_MS + seconds * 1000;

/** One gauge: readings by second, each visible so many seconds later. */
function play(
  readings: Readonly<Record<number, number | undefined>>,
  rules: string,
  peer: Partial<PeerJob> = {},
  late = false,
) {
  const scrapes = Object.entries(readings).map(
    ([second, value]): Scrape => ({
      timeMs: at(Number(second)),
      visibleMs: at(Number(second)) + 2000,
      series: [0],
      values: [value],
    }),
  );
  writeHistory(join(folder, "history.bin"), { series: [{ __name__: "load" }], scrapes });
  const file = join(folder, "rules.yaml");
  writeFileSync(file, rules);
  return replay(folder, {
    history: join(folder, "history.bin"),
    start: START_MS,
    end: at(300),
    intervalMs: 30_000,
    late,
    peers: [{ name: "test", phase: "aligned", versions: [{ from: START_MS, files: [file] }], ...peer }],
    costFrom: START_MS,
    costTo: at(300),
    dump: [{ match: '{__name__!="load"}', from: START_MS, to: at(300) }],
  });
}

function samplesOf({ series }: Report, wanted: Readonly<Record<string, string>>): [number, number | string][] {
  const found = series.find(({ labels }) => Object.entries(wanted).every(([name, value]) => labels[name] === value));
  return secondsOf(found ?? { labels: {}, t: [], v: [] });
}

function secondsOf({ t, v }: DumpedSeries): [number, number | string][] {
  return t.map((time, index) => [(time - START_MS) / 1000, v[index] ?? "nothing"]);
}

const group = (rules: string): string => `groups:\n  - name: g\n    rules:\n${rules}`;
const COPY = group("      - { record: copy, expr: load }\n");

describeWithEngine("replay", "the replay engine", () => {
  test("a scrape that has not ended is unseen, and an end is marked", async () => {
    const report = await play({ 29: 1, 59: 2, 61: undefined }, COPY);
    expect(samplesOf(report, { __name__: "copy" })).toEqual([
      [60, 1],
      [90, "stale"],
    ]);
  });

  test("an alert is pending for its time, fires, and ends", async () => {
    const alert = group("      - { alert: High, expr: load > 1, for: 1m }\n");
    const report = await play({ 20: 2, 140: 0 }, alert);
    const series = (alertstate: string) => samplesOf(report, { __name__: "ALERTS", alertname: "High", alertstate });
    expect(series("pending")).toEqual([
      [30, 1],
      [60, 1],
      [90, "stale"],
    ]);
    expect(series("firing")).toEqual([
      [90, 1],
      [120, 1],
      [150, "stale"],
    ]);
  });

  test("rules of a group see what the ones before wrote, and sub-queries count in full", async () => {
    const rules =
      "      - { record: copy, expr: load }\n      - { record: sum, expr: 'sum_over_time(copy[2m:30s])' }\n";
    const report = await play({ 20: 1, 50: 1, 80: 1, 110: 1 }, group(rules));
    expect(samplesOf(report, { __name__: "sum" }).slice(0, 4)).toEqual([
      [30, 1],
      [60, 2],
      [90, 3],
      [120, 4],
    ]);
    const [copy, sum] = report.rules;
    expect(copy).toMatchObject({ readsRaw: true, evaluations: 10, samplesRead: 9 });
    expect(sum?.samplesRead).toBeGreaterThan(20);
  });

  test("a late ruler's rules see what the ones before wrote an evaluation ago", async () => {
    const rules = "      - { record: copy, expr: load }\n      - { record: again, expr: copy }\n";
    const report = await play({ 20: 1, 50: 2, 80: 3 }, group(rules), {}, true);
    expect(samplesOf(report, { __name__: "copy" }).slice(0, 3)).toEqual([
      [30, 1],
      [60, 2],
      [90, 3],
    ]);
    expect(samplesOf(report, { __name__: "again" }).slice(0, 2)).toEqual([
      [60, 1],
      [90, 2],
    ]);
  });

  test("dropped evaluations leave no sample, and the same ones every time", async () => {
    const readings = { 20: 1, 120: 1, 220: 1 };
    const times = async () => samplesOf(await play(readings, COPY, { drop: 0.5 }), { __name__: "copy" });
    const first = await times();
    expect(first.length).toBeLessThan(9);
    expect(first.length).toBeGreaterThan(0);
    expect(await times()).toEqual(first);
  });

  test("groups have moments of their own unless they are aligned", async () => {
    const [first] = samplesOf(await play({ 1: 1 }, COPY, { phase: "hash" }), { __name__: "copy" });
    expect((first?.[0] ?? 0) % 30).not.toBe(0);
  });

  test("a failing rule is reported", async () => {
    const twice = 'vector(1) * on () (load or label_replace(vector(1), "x", "1", "", ""))';
    const report = await play({ 20: 1 }, group(`      - { record: bad, expr: '${twice}' }\n`));
    expect(report.rules[0]?.failures).toBeGreaterThan(0);
    expect(report.rules[0]?.failure).toContain("duplicate series");
  });
});
