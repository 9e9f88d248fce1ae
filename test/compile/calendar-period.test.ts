/** Calendar budgets on the real engine: they begin anew at the boundary, and hold what a plain calendar says. */
import fc from "fast-check";
import { test } from "vitest";
import type { CalendarWindow, PlatformDeclaration, SloDeclaration } from "../../src/model/declaration.ts";
import { planOf } from "../sli/history.ts";
import { describeWithEngine } from "../support/engines.ts";
import { type CalendarHistory, expectBudgets, type Tick } from "./calendar-history.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const OFFSETS = { "+00:00": 0, "+05:30": 19_800, "-08:00": -28_800, "+14:00": 50_400 } as const;
type Offset = keyof typeof OFFSETS;

describeWithEngine("promtool", "a calendar budget", () => {
  test.each([
    ["+00:00", 0],
    ["+05:30", 100],
    ["-08:00", 239],
    ["+14:00", 0],
  ] as const)("begins anew with its period at %s, evaluated %d s after its boundary", async (offset, late) => {
    const window = budgetPlan(
      ["quarter", "month", "week"].map((calendar) => ({ calendar, offset })) as CalendarWindow[],
    );
    const year = budgetPlan([
      { calendar: "year", offset },
      { calendar: "day", offset },
    ]);
    await expectBudgets(window, [around("2028-03-01", offset, late), around("2027-04-01", offset, late)]);
    await expectBudgets(year, [around("2029-01-01", offset, late)]);
  });

  test("begins anew where samples are not kept for all of it", async () => {
    const windows = (["week", "month", "quarter", "year"] as const).map((calendar) => ({ calendar, offset: "-08:00" }));
    await expectBudgets(budgetPlan(windows, { retention: "2d" }), [
      around("2029-01-01", "-08:00", 100),
      around("2027-03-01", "-08:00", 0),
    ]);
  });

  test.each([
    ["of tiles", "+05:30", ["quarter", "month", "week", "day"], {}],
    ["carried on", "-08:00", ["year", "quarter", "month"], { retention: "20d" }],
  ] as const)(
    "%s is right all the time, over a year's end and a leap February",
    { timeout: 600_000 },
    async (_form, offset, units, platform) => {
      const changes = { evaluationInterval: "1h", alerting: { enabled: false } } as const;
      const plan = budgetPlan(
        units.map((calendar) => ({ calendar, offset })),
        platform,
        changes,
      );
      const start = Date.parse("2027-12-20T00:00:00Z") / 1000 - OFFSETS[offset];
      const hours = 106 * 24;
      const always = Array.from({ length: hours }, (_, hour) => tick(hour));
      const holidays = always.map((each, hour) => (Math.floor(hour / 24) % 9 < 3 ? undefined : each));
      const moments = fc.sample(fc.integer({ min: 1, max: hours - 1 }), { numRuns: 200, seed: 7 });
      const at = [...new Set(moments)].sort((a, b) => a - b).map((hour) => start + hour * HOUR);
      await expectBudgets(plan, [{ start, models: { always, holidays }, at }]);
    },
  );
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

/** A day and a half before a boundary until half a day after it, evaluated `late` seconds after the boundary. */
function around(date: string, offset: Offset, late: number): CalendarHistory {
  const interval = 120;
  const boundary = Date.parse(`${date}T00:00:00Z`) / 1000 - OFFSETS[offset];
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
