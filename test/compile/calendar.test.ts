/** Calendar periods on the real engine, against a calendar that owes nothing to PromQL. */

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { periodLength, periodNumber, periodStart } from "../../src/compile/calendar.ts";
import { longestSeconds, type PeriodUnit } from "../../src/model/period.ts";
import type { Expr } from "../../src/promql/ast.ts";
import { binary } from "../../src/promql/build.ts";
import { print } from "../../src/promql/print.ts";
import { utcOffsetSeconds } from "../../src/time/utc-offset.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";

const UNITS = Object.keys(longestSeconds) as PeriodUnit[];

/** Moments where calendars go wrong: a second before, at and after every kind of boundary, and common days. */
const MOMENTS = [
  ...["2024-02-29", "2024-03-01", "2023-03-01", "2000-02-29", "2000-03-01", "2096-03-01", "2026-01-01", "2027-01-01"],
  ...["2026-04-01", "2026-07-01", "2026-10-01", "2024-04-01", "2024-07-01", "2024-10-01", "2026-05-01", "2026-12-31"],
  ...["2026-11-23", "2026-11-26", "2024-12-30", "2026-08-15"],
].map((day) => Date.parse(`${day}T00:00:00Z`) / 1000);

describeWithEngine("promtool", "periods agree with a calendar", () => {
  test.each(["+00:00", "+05:30", "-08:00"])("at the boundaries of local time %s", async (offset) => {
    const offsetSeconds = utcOffsetSeconds(offset) ?? Number.NaN;
    const moments = MOMENTS.flatMap((moment) => [-1, 0, 43_200].map((by) => moment - offsetSeconds + by));
    await expectValues(UNITS.flatMap((unit) => moments.flatMap((at) => expectationsAt(unit, offsetSeconds, at, 0))));
  });

  test("also for an instant that lies before the evaluation", async () => {
    const moments = MOMENTS.map((moment) => moment - 19_800).flatMap((start) => [start, start + 299, start + 300]);
    await expectValues(UNITS.flatMap((unit) => moments.flatMap((at) => expectationsAt(unit, 19_800, at, 300))));
  });

  test("a period has one number, and the next one another", async () => {
    const differs = (unit: PeriodUnit, at: number): Expectation => {
      const [now, before] = [periodNumber(unit, 3600, 0), periodNumber(unit, 3600, 60)];
      const isTurn = startOf(unit, at + 3600) > at + 3600 - 60;
      return [at, { ...binary("!=", now, before), bool: true }, isTurn ? 1 : 0];
    };
    const moments = MOMENTS.map((moment) => moment - 3600).flatMap((start) => [
      start - 1,
      start,
      start + 59,
      start + 60,
    ]);
    await expectValues(UNITS.flatMap((unit) => moments.map((at) => differs(unit, at))));
  });
});

type Expectation = readonly [at: number, expr: Expr, value: number];

/** What is true `ago` seconds before `at`, read off JavaScript's calendar. */
function expectationsAt(unit: PeriodUnit, offsetSeconds: number, at: number, ago: number): Expectation[] {
  const local = at - ago + offsetSeconds;
  const start = startOf(unit, local);
  const length = startOf(unit, start + longestSeconds[unit] + 43_200) - start;
  const recorded = periodLength(unit, offsetSeconds);
  return [
    [at, periodStart(unit, offsetSeconds, ago), start - offsetSeconds],
    ...(recorded.node === "number" || ago > 0 ? [] : [[at, recorded, length] as const]),
  ];
}

function startOf(unit: PeriodUnit, local: number): number {
  const date = new Date(local * 1000);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const monday = day - ((date.getUTCDay() + 6) % 7);
  const starts: Record<PeriodUnit, number> = {
    hour: Math.floor(local / 3600) * 3_600_000,
    day: Date.UTC(year, month, day),
    week: Date.UTC(year, month, monday),
    month: Date.UTC(year, month),
    quarter: Date.UTC(year, month - (month % 3)),
    year: Date.UTC(year, 0),
  };
  return starts[unit] / 1000;
}

/** Each moment is a test of its own that begins then, since a test cannot run for a century. */
async function expectValues(expected: readonly Expectation[]): Promise<void> {
  const moments = [...new Set(expected.map(([at]) => at))];
  await run(
    moments.map((at) => ({
      start_timestamp: at,
      promql_expr_test: expected
        .filter(([moment]) => moment === at)
        .map(([, expr, value]) => ({ expr: print(expr), eval_time: "0s", exp_samples: [{ labels: "{}", value }] })),
    })),
  );
}

async function run(tests: readonly object[]): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-calendar-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const file = {
    evaluation_interval: "1m",
    fuzzy_compare: true,
    tests: tests.map((each) => ({ interval: "1m", ...each })),
  };
  writeFileSync(join(dir, "tests.json"), JSON.stringify(file));
  const { stdout, stderr } = await runPromtool(["test", "rules", "tests.json"], { cwd: dir });
  expect(`${stdout}${stderr}`.trim()).toBe("SUCCESS");
}
