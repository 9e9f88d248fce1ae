/** Exclusions: when they are, to the second, and that nothing counts in them and nothing alerts on that. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { SloPlan } from "../../../../src/compile/plan.ts";
import { spanOf } from "../../../../src/compile/slo/windows/exclusions.ts";
import type { ExclusionDeclaration, SloDeclaration } from "../../../../src/declare/declaration.ts";
import { events, perPeriod, probe, throughput, timeSlices } from "../../../../src/index.ts";
import { startsBetween } from "../../../../src/model/occurrences.ts";
import { print } from "../../../../src/promql/print.ts";
import { counted, expectHistory, firing, type History, planOf } from "../../../sli/history.ts";
import { describeWithEngine, runPromtool } from "../../../support/engines.ts";

const sli = events({ total: "requests_total", bad: "errors_total" });
const reason = "maintenance";
const DAY = 86_400;
/** 2026-01-01T00:00:00Z. */
const NEW_YEAR = 1_767_225_600;

const declared: readonly ExclusionDeclaration[] = [
  { reason, weekly: { on: "sunday", at: "02:00", for: "2h" } },
  { reason, weekly: { on: ["monday", "tuesday", "friday"], at: "22:30", for: "4h" } },
  { reason, weekly: { on: "saturday", at: "00:00", for: "2d", offset: "+05:30" } },
  { reason, monthly: { day: 1, at: "00:00", for: "1h" } },
  { reason, monthly: { day: 28, at: "23:00", for: "5d", offset: "-08:00" } },
  { reason, monthly: { day: "last", at: "22:00", for: "3h", offset: "+01:00" } },
  { reason, monthly: { day: "last", at: "12:00", for: "26d" } },
  { reason, from: "2026-12-24T00:00:00Z", to: "2026-12-26T12:00:00+01:00" },
];

function planWith(exclude: readonly ExclusionDeclaration[], changes: Partial<SloDeclaration> = {}): SloPlan {
  const plan = planOf({ sli, exclude, ...changes }).services[0]?.slos[0];
  if (!plan) throw new Error("the plan has no SLO");
  return plan;
}

function excludedExprs({ groups }: SloPlan): string[] {
  return groups
    .flatMap(({ rules }) => rules)
    .flatMap((rule) => (rule.type === "record" && rule.record === "slo:excluded" ? [print(rule.expr)] : []));
}

describe("many dates", () => {
  test("are several rules, each short enough to be read", () => {
    const dates = Array.from({ length: 20 }, (_, day) => ({
      reason,
      from: `2026-12-${String(day + 1).padStart(2, "0")}T00:00:00Z`,
      to: `2026-12-${String(day + 1).padStart(2, "0")}T01:00:00Z`,
    }));
    const exprs = excludedExprs(planWith(dates));
    expect(exprs).toHaveLength(4);
    for (const expr of exprs) expect(expr.split("\n").length).toBeLessThanOrEqual(16);
  });
});

describeWithEngine("promtool", "an exclusion in PromQL", () => {
  test.each(declared)("begins and ends to the second: %j", async (exclusion) => {
    await expectExpressions(edges(planWith([exclusion])));
  });

  // Where generated tests begin.
  test("is none in the first week of 1970 either, but when it is declared", async () => {
    const [expr = ""] = excludedExprs(planWith([{ reason, weekly: { on: "saturday", at: "00:00", for: "2h" } }]));
    const at = (seconds: number, value: 0 | 1) => ({ at: seconds, expr, value });
    await expectExpressions([at(0, 0), at(DAY, 0), at(2 * DAY + 60, 1), at(3 * DAY, 0)]);
  });

  test("overlaps another", async () => {
    const [expr = ""] = excludedExprs(
      planWith([
        { reason, from: "2026-01-01T00:00:00Z", to: "2026-01-01T02:00:00Z" },
        { reason, from: "2026-01-01T01:00:00Z", to: "2026-01-01T03:00:00Z" },
      ]),
    );
    const at = (seconds: number, value: 0 | 1) => ({ at: NEW_YEAR + seconds, expr, value });
    await expectExpressions([at(0, 0), at(5400, 1), at(10_000, 1), at(12_000, 0)]);
  });
});

interface ExpectedValue {
  readonly at: number;
  readonly expr: string;
  readonly value: 0 | 1;
}

/** A second before and at the begin and the end of occurrences over three years. */
function edges(plan: SloPlan): ExpectedValue[] {
  const [exclusion] = plan.slo.exclusions;
  if (!exclusion) throw new Error("the plan has no exclusion");
  const { delay, length } = spanOf(exclusion, plan.slo, plan.measurement);
  const all = startsBetween(exclusion.occurrences, NEW_YEAR, NEW_YEAR + 1200 * DAY);
  const some = all.filter((_start, index) => index < 4 || index % Math.ceil(all.length / 12) === 0);
  const [expr = ""] = excludedExprs(plan);
  return some.flatMap((start) => {
    const begin = start - exclusion.offsetSeconds + delay;
    const end = begin + length;
    return [
      { at: begin - 1, expr, value: 0 as const },
      { at: begin, expr, value: 1 as const },
      { at: end - 1, expr, value: 1 as const },
      { at: end, expr, value: 0 as const },
    ];
  });
}

async function expectExpressions(expectations: readonly ExpectedValue[]): Promise<void> {
  expect(expectations.length).toBeGreaterThan(0);
  const dir = mkdtempSync(join(tmpdir(), "firebreak-exclusions-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const tests = expectations.map(({ at, expr, value }) => ({
    interval: "1h",
    start_timestamp: new Date(at * 1000).toISOString().replace(".000Z", "Z"),
    input_series: [],
    promql_expr_test: [{ expr, eval_time: "0s", exp_samples: [{ labels: "{}", value }] }],
  }));
  writeFileSync(join(dir, "tests.json"), JSON.stringify({ rule_files: [], evaluation_interval: "1h", tests }));
  const { stdout, stderr } = await runPromtool(["test", "rules", "tests.json"], { cwd: dir });
  expect(`${stdout}${stderr}`.trim()).toBe("SUCCESS");
}

describeWithEngine("promtool", "in an exclusion on the real engine", () => {
  // From 1h to 2h after the start of a history, which is a Thursday.
  const exclude = [{ reason, weekly: { on: "thursday", at: "01:00", for: "1h" } }] as const;
  const from = "2026-01-01T00:00:00Z";
  const all = (minutes: number): string => `1x${2 * minutes}`;

  test("nothing counts, and what failed before and after does", () =>
    expectHistory(
      { sli, exclude, groupBy: ["model"] },
      {
        from,
        series: {
          'up{job="a",instance="a"}': all(200),
          'requests_total{job="a",instance="a",model="m"}': "0+100x400",
          'errors_total{job="a",instance="a",model="m"}': "0x100 0+50x160 8000x140",
          'requests_total{job="a",instance="a",model="n"}': "0+10x400",
        },
        expectations: [
          // Errors from the 50th minute to the 130th; of those an hour and one reading are not counted.
          ["3h", counted("bad", "model"), { '{model="m"}': 50 * 38, '{model="n"}': 0 }],
          ["3h", counted("total", "model"), { '{model="m"}': 100 * 236, '{model="n"}': 10 * 236 }],
          ["59m", 'count by (model) (ALERTS{alertname="SloBurnPageFast"})', { '{model="m"}': 1 }],
          ["1h30m", "sum(slo:excluded)", { "{}": 1 }],
          ["2h30m", "sum(slo:excluded)", { "{}": 0 }],
        ],
      },
    ));

  test("targets may be down, and if they still are after it, that pages", () =>
    expectHistory(
      { sli, exclude, absence: { for: "3m" } },
      {
        from,
        series: {
          'up{job="a",instance="a"}': "1x120 0x280",
          'requests_total{job="a",instance="a"}': "0+100x120 stale",
        },
        expectations: [
          ["1h58m", firing(), {}],
          ["2h15m", firing(), { '{alertname="SloTargetsDown"}': 1 }],
        ],
      },
    ));

  test("no data is no news, however long it lasts", () =>
    expectHistory(
      { sli, exclude: [{ reason, from: "2026-01-01T01:00:00Z", to: "2026-01-01T07:00:00Z" }] },
      {
        from,
        series: {
          'up{job="a",instance="a"}': all(420),
          'requests_total{job="a",instance="a"}': "0+100x120 stale",
        },
        expectations: [["6h55m", firing(), {}]],
      },
    ));

  test("a time slice that counts without data does not count", () =>
    expectHistory(
      { sli: probe({ metric: "probe_success" }), exclude },
      {
        from,
        series: { 'probe_success{job="a",instance="a"}': "1x120 _x120 1x120" },
        expectations: [
          ["3h", "sum(sum_over_time(slo:bad:increase[150m]))", { "{}": 0 }],
          ["3h", "sum(sum_over_time(slo:total:increase[150m]))", { "{}": 89 }],
        ],
      },
    ));

  test("slices of events that touch it do not count", () =>
    expectHistory(
      { sli, exclude, budgeting: timeSlices({ slice: "5m", target: 99 }) },
      {
        from,
        series: {
          'up{job="a",instance="a"}': all(200),
          'requests_total{job="a",instance="a"}': "0+100x400",
          // All of them fail from the 61st minute to the 119th.
          'errors_total{job="a",instance="a"}': "0x122 0+100x116 11600x160",
        },
        expectations: [["3h", counted("bad"), { "{}": 0 }]],
      },
    ));

  const late = (metric: string) => perPeriod({ metric, period: "5m", delay: "10m" });
  const soon = (metric: string) => perPeriod({ metric, period: "5m" });
  const failing = "0x121 0+100x119 11900x240";

  // All that fails is in it, and readings of a kind each reach back into it for a time of their own.
  test.each<[string, SloDeclaration["sli"], History["series"]]>([
    [
      "what comes late",
      events({ total: late("calls_sum"), bad: late("failures_sum") }),
      { calls_sum: "100x500", failures_sum: "0x111 10x138 0x250" },
    ],
    [
      "a count of a period",
      events({ total: soon("calls_sum"), bad: soon("failures_sum") }),
      { calls_sum: "100x500", failures_sum: "0x121 10x128 0x250" },
    ],
    [
      "an expression with a range of its own",
      events({
        total: { promql: "sum(rate(calls_total[10m]))" },
        bad: { promql: "sum(rate(failures_total[10m] offset 5m))" },
      }),
      { calls_total: "0+100x500", failures_total: failing },
    ],
    [
      "a rate",
      throughput({ metric: "calls_total", atMost: 4, slice: "30s" }),
      { calls_total: "0+100x120 12200+200x120 36300+100x250" },
    ],
    [
      "several counters",
      events({ total: ["calls_total", "jobs_total"], bad: ["failures_total", "crashes_total"] }),
      {
        'calls_total{job="a",instance="a"}': "0+100x500",
        'failures_total{job="a",instance="a"}': failing,
        'jobs_total{job="a",instance="a"}': "0+100x500",
      },
    ],
  ])("%s is not counted as long as it reads of it", (_what, own, series) =>
    expectHistory(
      { sli: own, exclude: [{ reason, from: "2026-01-01T01:00:00Z", to: "2026-01-01T02:00:19Z" }] },
      {
        from,
        series: { 'up{job="a",instance="a"}': all(200), ...series },
        expectations: [
          ["3h20m", counted("bad"), { "{}": 0 }],
          ["3h20m", `${counted("total")} > bool 100`, { "{}": 1 }],
          ["2h10m", firing(), {}],
        ],
      },
    ),
  );
});
