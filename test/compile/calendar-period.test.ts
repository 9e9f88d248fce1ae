/** Calendar budgets on the real engine: they begin anew at the boundary, and hold what a plain calendar says. */
import { test } from "vitest";
import type { CalendarUnit } from "../../src/model/period.ts";
import { planOf } from "../sli/history.ts";
import { describeWithEngine } from "../support/engines.ts";
import { type CalendarHistory, expectBudgets, type Tick } from "./calendar-history.ts";

const HOUR = 3600;
const INTERVAL = 30;
const TILE = 240;

const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;

function budgetPlan(calendar: CalendarUnit, offset = "+00:00", platform = {}) {
  return planOf({ sli, window: { calendar, offset }, groupBy: ["model"] }, platform);
}

/** Traffic that changes all the time, with errors in bursts. */
function tick(index: number): Tick {
  const total = 100 + (index % 11) * 10;
  return { total, bad: index % 97 < 9 ? total / 5 : 0 };
}

/** A day and a half before a boundary until half a day after it, evaluated `late` seconds after the boundary. */
function around(boundary: number, late = 0): CalendarHistory {
  const start = boundary - 36 * HOUR + late;
  const count = (48 * HOUR) / INTERVAL;
  const idle = (index: number): boolean => index > (30 * HOUR) / INTERVAL && index < (40 * HOUR) / INTERVAL;
  const all = Array.from({ length: count }, (_, index) => index);
  return {
    start,
    models: {
      always: all.map(tick),
      idle: all.map((index) => (idle(index) ? undefined : tick(index))),
      // Born in the new period, three hours in.
      fresh: all.map((index) => (index < (39 * HOUR) / INTERVAL ? undefined : tick(index))),
    },
    at: [-35, -12, -1, 0, 1, 2, 5, 11]
      .map((hours) => boundary + late + hours * HOUR)
      .flatMap((at) => [at - TILE, at, at + TILE]),
  };
}

function utc(text: string): number {
  return Date.parse(`${text}Z`) / 1000;
}

describeWithEngine("promtool", "a calendar budget", () => {
  test("begins anew with the month", async () => {
    await expectBudgets(budgetPlan("month"), [around(utc("2026-12-01T00:00:00"))]);
  });
});
