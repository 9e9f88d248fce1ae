/** Calendar periods on the real engine, against a calendar that owes nothing to PromQL. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import {
  type Calendar,
  type CalendarPeriod,
  daysInPeriod,
  elapsedSeconds,
  elapsedShare,
  longestSeconds,
  periodId,
  periodLabel,
  periodStart,
  secondsLeft,
  utcOffsetSeconds,
} from "../../src/compile/calendar.ts";
import type { Expr } from "../../src/promql/ast.ts";
import { print } from "../../src/promql/print.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";

const PERIODS = Object.keys(longestSeconds) as CalendarPeriod[];

/** Moments where calendars go wrong: a second before, at and after every kind of boundary, and common days. */
const MOMENTS = [
  ...["2024-02-29", "2024-03-01", "2023-03-01", "2000-02-29", "2000-03-01", "2100-03-01", "2026-01-01", "2027-01-01"],
  ...["2026-04-01", "2026-07-01", "2026-10-01", "2024-04-01", "2024-07-01", "2024-10-01", "2026-05-01", "2026-12-31"],
  ...["2026-11-23", "2026-11-26", "2024-12-30", "2026-08-15"],
].map((day) => Date.parse(`${day}T00:00:00Z`) / 1000);

const OFFSETS = ["+00:00", "+05:30", "-08:00"];

describeWithEngine("promtool", "periods agree with a calendar", () => {
  test.each(OFFSETS)("at the boundaries of local time %s", async (offset) => {
    const offsetSeconds = utcOffsetSeconds(offset) ?? Number.NaN;
    const moments = MOMENTS.flatMap((moment) => [-1, 0, 43_200].map((by) => moment - offsetSeconds + by));
    await expectValues(PERIODS.flatMap((period) => claims({ period, offsetSeconds }, moments)));
  });

  test("also for a moment that lies before the evaluation", async () => {
    const calendar: Calendar = { period: "month", offsetSeconds: 19_800 };
    const moments = MOMENTS.map((moment) => moment - 19_800).flatMap((start) => [start, start + 239, start + 240]);
    await expectValues(moments.flatMap((at) => claimsAt(calendar, at, 240)));
  });

  test("a label names the period", async () => {
    const at = Date.parse("2026-02-28T23:00:00Z") / 1000;
    const label = (period: CalendarPeriod, offsetSeconds: number) => print(periodLabel({ period, offsetSeconds }));
    await expectSamples(at, [
      [label("day", 0), { labels: '{day="20260228"}', value: 1 }],
      [label("day", 3600), { labels: '{day="20260301"}', value: 1 }],
      [label("month", 3600), { labels: '{month="202603"}', value: 1 }],
      [label("quarter", 3600), { labels: '{quarter="20261"}', value: 1 }],
    ]);
  });
});

describe("an offset", () => {
  test.each([
    ["+00:00", 0],
    ["+05:30", 19_800],
    ["-08:00", -28_800],
    ["+14:00", 50_400],
    ["Europe/Berlin", undefined],
    ["CET", undefined],
    ["+15:00", undefined],
    ["+01:60", undefined],
    ["01:00", undefined],
  ] as const)("%s is %s seconds", (text, seconds) => expect(utcOffsetSeconds(text)).toBe(seconds));
});

type Claim = readonly [at: number, expr: Expr, value: number];

function claims(calendar: Calendar, moments: readonly number[]): Claim[] {
  return moments.flatMap((at) => claimsAt(calendar, at, 0));
}

/** What is true `ago` seconds before `at`, read off JavaScript's calendar. */
function claimsAt(calendar: Calendar, at: number, ago: number): Claim[] {
  const { period, offsetSeconds } = calendar;
  const local = at - ago + offsetSeconds;
  const start = startOf(period, local);
  const nextPeriod = startOf(period, start + longestSeconds[period] + 43_200);
  const length = period === "hour" ? 3600 : nextPeriod - start;
  return [
    [at, periodId(calendar, ago), idOf(period, local)],
    [at, elapsedSeconds(calendar, ago), local - start],
    [at, periodStart(calendar, ago), start - offsetSeconds],
    [at, daysInPeriod(calendar, ago), length / 86_400],
    [at, elapsedShare(calendar, ago), (local - start) / length],
    [at, secondsLeft(calendar, ago), length - (local - start)],
  ];
}

function startOf(period: CalendarPeriod, local: number): number {
  const date = new Date(local * 1000);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  const monday = day - ((date.getUTCDay() + 6) % 7);
  const starts: Record<CalendarPeriod, number> = {
    hour: Math.floor(local / 3600) * 3_600_000,
    day: Date.UTC(year, month, day),
    week: Date.UTC(year, month, monday),
    month: Date.UTC(year, month),
    quarter: Date.UTC(year, month - (month % 3)),
    year: Date.UTC(year, 0),
  };
  return starts[period] / 1000;
}

function idOf(period: CalendarPeriod, local: number): number {
  const date = new Date(local * 1000);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + 1];
  const ids: Record<CalendarPeriod, number> = {
    hour: Math.floor(local / 3600),
    day: Number(date.toISOString().slice(0, 10).replaceAll("-", "")),
    // Weeks since the Monday before the epoch.
    week: Math.round((startOf("week", local) + 3 * 86_400) / 604_800),
    month: year * 100 + month,
    quarter: year * 10 + Math.ceil(month / 3),
    year,
  };
  return ids[period];
}

/** Each moment is a test of its own that begins then, since a test cannot run for a century. */
async function expectValues(claimed: readonly Claim[]): Promise<void> {
  const moments = [...new Set(claimed.map(([at]) => at))];
  await run(
    moments.map((at) => ({
      start_timestamp: at,
      promql_expr_test: claimed
        .filter(([moment]) => moment === at)
        .map(([, expr, value]) => ({ expr: print(expr), eval_time: "0s", exp_samples: [{ labels: "{}", value }] })),
    })),
  );
}

async function expectSamples(
  at: number,
  claimed: readonly (readonly [string, { labels: string; value: number }])[],
): Promise<void> {
  const tests = claimed.map(([expr, sample]) => ({ expr, eval_time: "0s", exp_samples: [sample] }));
  await run([{ start_timestamp: at, promql_expr_test: tests }]);
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
