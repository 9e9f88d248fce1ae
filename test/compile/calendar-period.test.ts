/** Calendar budgets on the real engine: they begin anew at the boundary, and hold what a plain calendar says. */
import fc from "fast-check";
import { test } from "vitest";
import type { PlatformDeclaration, SloDeclaration } from "../../src/model/declaration.ts";
import type { CalendarUnit } from "../../src/model/period.ts";
import { planOf } from "../sli/history.ts";
import { describeWithEngine } from "../support/engines.ts";
import { type CalendarHistory, expectBudgets, type Tick } from "./calendar-history.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const OFFSETS = { "+00:00": 0, "+05:30": 19_800, "-08:00": -28_800, "+14:00": 50_400 } as const;
type Offset = keyof typeof OFFSETS;

/** Midnights of local time at which periods of this kind begin. */
const BOUNDARIES: readonly (readonly [CalendarUnit, string])[] = [
  ["day", "2026-11-27"],
  ["day", "2028-02-29"],
  ["week", "2026-11-30"],
  ["month", "2026-12-01"],
  ["month", "2027-03-01"],
  ["month", "2028-03-01"],
  ["quarter", "2027-04-01"],
  ["quarter", "2028-04-01"],
  ["quarter", "2026-10-01"],
  ["year", "2027-01-01"],
  ["year", "2029-01-01"],
];

describeWithEngine("promtool", "a calendar budget begins anew", () => {
  test.each([
    ["+00:00", 0],
    ["+05:30", 0],
    ["-08:00", 100],
    ["+14:00", 239],
  ] as const)("with its period at %s, evaluated %d s after its boundary", async (offset, late) => {
    for (const calendar of ["day", "week", "month", "quarter", "year"] as const)
      await expectBudgets(budgetPlan({ calendar, offset }), historiesOf(calendar, offset, late));
  });

  test.each([
    ["+05:30", 0],
    ["-08:00", 100],
  ] as const)("where samples are not kept for all of it, at %s", async (offset, late) => {
    for (const calendar of ["week", "month", "quarter", "year"] as const)
      await expectBudgets(budgetPlan({ calendar, offset }, { retention: "2d" }), historiesOf(calendar, offset, late));
  });
});

describeWithEngine("promtool", "several calendar budgets", () => {
  const windows = (offset: Offset) =>
    (["year", "month", "week", "day"] as const).map((calendar) => ({ calendar, offset }));

  test.each([
    ["over a leap year", "+05:30", "2027-12-20", {}],
    ["over a common year, carried on", "-08:00", "2026-12-20", { retention: "20d" }],
  ] as const)("are right all the time %s", async (_title, offset, from, platform) => {
    const plan = budgetPlan(windows(offset), platform, { evaluationInterval: "1h", alerting: { enabled: false } });
    const start = Date.parse(`${from}T00:00:00Z`) / 1000 - OFFSETS[offset];
    const hours = 385 * 24;
    const moments = fc.sample(fc.integer({ min: 1, max: hours - 1 }), { numRuns: 300, seed: 7 });
    const always = Array.from({ length: hours }, (_, hour) => tick(hour));
    const holidays = always.map((each, hour) => (Math.floor(hour / 24) % 9 < 3 ? undefined : each));
    const at = [...new Set(moments)].sort((a, b) => a - b).map((hour) => start + hour * HOUR);
    await expectBudgets(plan, [{ start, models: { always, holidays }, at }]);
  });
});

function budgetPlan(
  window: NonNullable<SloDeclaration["window"]>,
  platform: PlatformDeclaration = {},
  changes: Partial<SloDeclaration> = { evaluationInterval: "2m" },
) {
  const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
  return planOf({ sli, window, groupBy: ["model"], ...changes }, platform);
}

/** Traffic that changes all the time, with errors in bursts. */
function tick(index: number): Tick {
  const total = 100 + (index % 11) * 10;
  return { total, bad: index % 97 < 9 ? total / 5 : 0 };
}

function historiesOf(calendar: CalendarUnit, offset: Offset, late: number): CalendarHistory[] {
  return BOUNDARIES.filter(([unit]) => unit === calendar).map(([, date]) =>
    around(Date.parse(`${date}T00:00:00Z`) / 1000 - OFFSETS[offset], late),
  );
}

/** A day and a half before a boundary until half a day after it, evaluated `late` seconds after the boundary. */
function around(boundary: number, late: number): CalendarHistory {
  const interval = 120;
  const start = boundary - 36 * HOUR + late;
  const all = Array.from({ length: (2 * DAY) / interval }, (_, index) => index);
  const hour = (index: number): number => (index * interval) / HOUR;
  return {
    start,
    models: {
      always: all.map(tick),
      idle: all.map((index) => (hour(index) > 30 && hour(index) < 40 ? undefined : tick(index))),
      newborn: all.map((index) => (hour(index) < 39 ? undefined : tick(index))),
    },
    at: [-35, -12, -1, 0, 1, 2, 5, 11]
      .map((hours) => boundary + late + hours * HOUR)
      .flatMap((moment) => [moment - 240, moment, moment + 240]),
  };
}
