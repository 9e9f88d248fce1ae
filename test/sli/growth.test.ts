/** Whole windows of raw series: known histories that no rule has watched, and what the base makes of the same ones. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { SloDeclaration } from "../../src/model/declaration.ts";
import { print } from "../../src/promql/print.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";
import { expectHistory, planOf, type Samples } from "./history.ts";

const slo: Partial<SloDeclaration> = {
  objective: 99,
  groupBy: ["instance"],
  rawWindows: true,
  window: "1d",
  alerting: {
    tiers: [
      { name: "page", severity: "page", long: "1h", short: "5m", burn: 10 },
      { name: "ticket", severity: "ticket", long: "4h", short: "20m", burn: 1 },
    ],
  },
  sli: { kind: "events", total: "requests_total", bad: "errors_total" },
};

/** Ten a scrape, and what happens to targets: two hours. */
const series = {
  'up{job="x",instance="steady"}': "1x240",
  'requests_total{job="x",instance="steady"}': "0+10x240",
  'errors_total{job="x",instance="steady"}': "_x180 5+5x60",
  // Away at 80m, and in its place a new process.
  'up{job="x",instance="old"}': "1x160 stale",
  'requests_total{job="x",instance="old"}': "0+10x160 stale",
  'up{job="x",instance="young"}': "_x161 1x79",
  'requests_total{job="x",instance="young"}': "_x161 10+10x79",
  'process_start_time_seconds{job="x",instance="young"}': "_x161 4815x79",
  // Running for ever, and scraped from 80m on.
  'up{job="x",instance="found"}': "_x161 1x79",
  'requests_total{job="x",instance="found"}': "_x161 1000000+10x79",
  'up{job="x",instance="restarted"}': "1x240",
  'requests_total{job="x",instance="restarted"}': "0+10x180 0+10x59",
};

/** What the records of a plan would say if its rules were asked for the first time at this moment. */
async function expectAsked(
  at: string,
  claims: readonly (readonly [record: string, change: string, samples: Samples])[],
) {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-growth-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const rules = planOf(slo).services[0]?.slos[0]?.groups.flatMap((group) => group.rules) ?? [];
  const tests = claims.map(([record, change, samples]) => {
    const rule = rules.find((each) => each.type === "record" && each.record === record);
    return {
      expr: `${rule ? print(rule.expr) : "none"}${change}`,
      eval_time: at,
      exp_samples: Object.entries(samples).map(([labels, value]) => ({ labels, value })),
    };
  });
  const input_series = Object.entries(series).map(([name, values]) => ({ series: name, values }));
  const value = { evaluation_interval: "30s", tests: [{ interval: "30s", input_series, promql_expr_test: tests }] };
  writeFileSync(join(dir, "tests.json"), JSON.stringify(value));
  const { stdout, stderr } = await runPromtool(["test", "rules", "tests.json"], { cwd: dir });
  expect(`${stdout}${stderr}`.trim()).toBe("SUCCESS");
}

const one = (instance: string): string => `{instance="${instance}"}`;

describeWithEngine("promtool", "whole windows on the real engine", () => {
  test(
    "tell what happened before anybody recorded it",
    () =>
      // The last reading is 10s old: that of 1h59m30s. A window of 1h begins at the one of 59m30s.
      expectAsked("2h", [
        [
          "slo:total:increase1h",
          ' unless on (instance) up{instance="restarted"}',
          {
            [one("steady")]: 1200,
            [one("old")]: 410,
            [one("young")]: 790,
            [one("found")]: 780,
          },
        ],
      ]),
    120_000,
  );

  test(
    "add up what a reset has cut, with the extrapolation of `increase`",
    () =>
      // 610 before the reset and 580 after it.
      expectAsked("2h", [
        [
          "slo:total:increase1h",
          ' and on (instance) up{instance="restarted"}',
          { [one("restarted")]: 1189.9159663865546 },
        ],
      ]),
    120_000,
  );

  test(
    "count an error series that was born in the window from zero",
    () =>
      expectAsked("2h", [["slo:bad:increase1h", ' and on (instance) up{instance="steady"}', { [one("steady")]: 300 }]]),
    120_000,
  );

  test(
    "are what the base has counted",
    () =>
      expectHistory(slo, {
        series: Object.fromEntries(Object.entries(series).filter(([name]) => /steady/.test(name))),
        claims: [
          [
            "2h",
            "slo:total:increase1h - sum_over_time(slo:total:increase[1h])",
            { '{slo_service="svc",slo="s",instance="steady"}': 0 },
          ],
          [
            "2h",
            "slo:bad:increase1h - sum_over_time(slo:bad:increase[1h])",
            { '{slo_service="svc",slo="s",instance="steady"}': 0 },
          ],
          ["2h", "slo:error_ratio:rate1h * 1", { '{slo_service="svc",slo="s",instance="steady"}': 0.25 }],
        ],
      }),
    120_000,
  );
});
