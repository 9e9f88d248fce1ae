/** What runbooks ask of raw series: the bad ones are found and the healthy ones are not, on the real engine. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { print } from "../../src/promql/print.ts";
import type { DebugQuery } from "../../src/sli/debug-queries.ts";
import { kindOf, kinds, type Sli } from "../../src/sli/index.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";
import { planOf } from "./history.ts";

const dir = mkdtempSync(join(tmpdir(), "firebreak-debugQueries-"));
afterAll(() => rmSync(dir, { recursive: true }));

const cases = Object.entries(kinds)
  .filter(([kind]) => kind !== "composite")
  .flatMap(([kind, { examples }]) => examples.map((sli, index) => ({ title: `${kind} ${index + 1}`, sli })));

describe.each(cases)("$title", ({ sli }) => {
  test("asks for what is bad first, each query once, and says which are bad and which are all", () => {
    const titles = questionsOf(sli).map(({ title }) => title);
    expect(titles.map((title) => title.split(":")[0])).toContain("All");
    expect(titles[0]).toMatch(/^Bad: /);
    expect(titles.filter((title) => !/^(Bad|All): /.test(title))).toEqual([]);
    expect(new Set(titles).size).toBe(titles.length);
  });
});

describeWithEngine("promtool", "debugQueries", () => {
  test("are sound PromQL, grouped, with an identity and without a job too", async () => {
    const all = cases.flatMap(({ sli }) => [
      ...questionsOf(sli),
      ...questionsOf(sli, { groupBy: ["model"] }),
      ...questionsOf(sli, {}, { identity: ["cluster"] }),
    ]);
    const rules = all.map(({ expr }, index) => ({ record: `q:${index}`, expr: print(expr) }));
    const file = join(dir, "rules.json");
    writeFileSync(file, JSON.stringify({ groups: [{ name: "debugQueries", rules }] }));
    const answer = await runPromtool(["check", "rules", "--lint=none", file]);
    expect(answer, answer.stderr).toMatchObject({ status: 0 });
  });

  const up = { 'up{job="a",instance="well"}': "1x90", 'up{job="a",instance="ill"}': "1x60 0x30" };

  test("of events name the instance that fails, and the series that count its failures", () =>
    expectAnswers(
      { kind: "events", total: 'r_total{job="a"}', bad: 'e_total{job="a"}' },
      {
        ...up,
        'r_total{job="a",instance="well"}': "0+60x90",
        'r_total{job="a",instance="ill"}': "0+6x90",
        'e_total{job="a",instance="well"}': "900x90",
        'e_total{job="a",instance="ill",code="500"}': "0+3x90",
      },
      {
        "Bad: where the largest share": { '{instance="ill",job="a"}': 0.5, '{instance="well",job="a"}': 0 },
        "Bad: series with the most": { '{instance="ill",job="a",code="500"}': 0.05 },
        "Bad: targets": { 'up{instance="ill",job="a"}': 0 },
        "All: where the most": { '{instance="well",job="a"}': 1, '{instance="ill",job="a"}': 0.1 },
      },
    ));

  test("of good events name an instance that has none", () =>
    expectAnswers(
      { kind: "events", total: 'r_total{job="a"}', good: 'g_total{job="a"}' },
      {
        'r_total{job="a",instance="well"}': "0+60x90",
        'g_total{job="a",instance="well"}': "0+60x90",
        'r_total{job="a",instance="ill"}': "0+6x90",
      },
      { "Bad: where the largest share": { '{instance="ill",job="a"}': 1, '{instance="well",job="a"}': 0 } },
    ));

  test("of a latency name the instance that is slow, not the one with the most fast ones", () =>
    expectAnswers(
      { kind: "latency", histogram: 'd_seconds{job="a"}', threshold: "1s" },
      {
        'd_seconds_count{job="a",instance="well"}': "0+60x90",
        'd_seconds_bucket{job="a",instance="well",le="1.0"}': "0+60x90",
        'd_seconds_count{job="a",instance="ill"}': "0+60x90",
        'd_seconds_bucket{job="a",instance="ill",le="1.0"}': "0+15x90",
      },
      { "Bad: where the largest share": { '{instance="ill",job="a"}': 0.75, '{instance="well",job="a"}': 0 } },
    ));

  test("of a gauge name the series beyond the bound; nothing is bad where none is", () =>
    expectAnswers(
      { kind: "gauge", metric: 'q{job="a"}', op: "<=", threshold: 10 },
      { 'q{job="a",instance="well"}': "10x90", 'q{job="a",instance="ill"}': "11x90", ...up },
      { "Bad: values": { 'q{instance="ill",job="a"}': 11 }, "Bad: targets": { 'up{instance="ill",job="a"}': 0 } },
    ));

  test("without a job look at the jobs that expose the metric only, at the newest targets, and at processes of the last hour", () =>
    expectAnswers(
      { kind: "gauge", metric: "q", op: "<=", threshold: 10 },
      {
        'q{job="a",instance="ill"}': "1x60 _x30",
        ...up,
        'up{job="a",instance="young"}': "_x80 1x10",
        'up{job="foreign",instance="b"}': "0x90",
        'process_start_time_seconds{job="a",instance="ill"}': "3000x90",
        'process_start_time_seconds{job="a",instance="well"}': "60x90",
        'process_start_time_seconds{job="foreign",instance="b"}': "3000x90",
      },
      {
        "Bad: values": {},
        "Bad: targets": { 'up{instance="ill",job="a"}': 0 },
        "All: most recently started targets": {
          '{instance="young",job="a"}': 11,
          '{instance="ill",job="a"}': 91,
          '{instance="well",job="a"}': 91,
        },
        "All: processes": { '{instance="ill",job="a"}': 2400 },
      },
    ));
});

type Answers = Readonly<Record<string, Readonly<Record<string, number>>>>;

/** What each query that begins so answers after an hour and a half of this history, one value a minute. */
async function expectAnswers(sli: unknown, series: Readonly<Record<string, string>>, answers: Answers): Promise<void> {
  const debugQueries = questionsOf(sli);
  const expectations = Object.entries(answers).map(([begin, samples]) => ({
    expr: print(
      debugQueries.find(({ title }) => title.startsWith(begin))?.expr ?? { node: "number", value: Number.NaN },
    ),
    eval_time: "90m",
    exp_samples: Object.entries(samples).map(([labels, value]) => ({ labels, value })),
  }));
  const input = Object.entries(series).map(([name, values]) => ({ series: name, values }));
  const tests = [{ interval: "1m", input_series: input, promql_expr_test: expectations }];
  const file = join(dir, "tests.json");
  writeFileSync(file, JSON.stringify({ rule_files: [], fuzzy_compare: true, tests }));
  const { stdout, stderr, status } = await runPromtool(["test", "rules", file]);
  expect(status, stdout + stderr).toBe(0);
}

function questionsOf(sli: unknown, slo: object = {}, platform: object = {}): readonly DebugQuery[] {
  const plan = planOf({ sli, ...slo } as Parameters<typeof planOf>[0], platform);
  const found = plan.services[0]?.slos[0];
  if (!found) throw new Error("the plan has no SLO");
  const read: Sli = found.slo.sli;
  return kindOf(read).debugQueries?.(read, found.measurement.base) ?? [];
}
