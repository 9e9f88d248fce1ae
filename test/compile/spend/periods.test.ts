/** Periods of budgets begin anew when their calendar does, at its offset; rolling ones forget. On the real engine. */
import { test } from "vitest";
import type { BudgetDeclaration } from "../../../src/declare/declaration.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { budgetPlan, expectRun, type Run, type Samples } from "./months.ts";

const UNITS = ["hour", "day", "week", "month", "quarter", "year"] as const;
type Unit = (typeof UNITS)[number];

const budget = { kind: "spend", metric: "cost_dollars_total", limit: { amount: 500, unit: "dollars" } } as const;
/** $1 between two scrapes. */
const series = {
  'up{job="j",instance="i"}': "1x1000",
  'cost_dollars_total{job="j",instance="i"}': "7+1x1000",
};

/** Sixteen minutes before midnight and as long after it: tiles of 4m, of which the one at midnight ends the old day. */
async function overMidnight(midnight: string, offset: string, turning: readonly Unit[]): Promise<void> {
  const plan = budgetPlan(UNITS.map((per) => ({ ...budget, name: per, per, offset })));
  const start = new Date(Date.parse(midnight) - 16 * 60_000).toISOString();
  const at = (time: string, of: (unit: Unit) => number): Run["expectations"] =>
    UNITS.map((unit) => [time, `sum(budget:spend_dollars:${unit}{budget="${unit}"})`, { "{}": of(unit) }]);
  const begins = turning.map((unit) => [
    "30m",
    `max(budget:${unit}_start_seconds{budget="${unit}"})`,
    { "{}": Date.parse(midnight) / 1000 } as Samples,
  ]) as unknown as Run["expectations"];
  await expectRun(plan, {
    start,
    every: "30s",
    series,
    expectations: [
      ...at("20m30s", () => 30),
      ...at("21m", (unit) => (turning.includes(unit) ? 8 : 38)),
      ...at("30m", (unit) => (turning.includes(unit) ? 24 : 54)),
      ...begins,
    ],
  });
}

describeWithEngine("promtool", "the calendar's turn", () => {
  test("of a year at +01:00 begins all but the week anew", () =>
    overMidnight("2027-01-01T00:00:00+01:00", "+01:00", ["hour", "day", "month", "quarter", "year"]));

  test("of a Monday within a month begins the week anew", () =>
    overMidnight("2026-11-23T00:00:00-08:00", "-08:00", ["hour", "day", "week"]));

  test("of a month after a leap day leaves the quarter alone", () =>
    overMidnight("2028-03-01T00:00:00Z", "+00:00", ["hour", "day", "month"]));

  // At +05:30 midnight lies in the middle of a tile, which counts for one of the two months.
  test("within a tile is right to a tile", () => {
    const plan = budgetPlan([{ ...budget, name: "month", per: "month", offset: "+05:30" }]);
    return expectRun(plan, {
      start: "2026-11-30T18:14:00Z",
      every: "30s",
      series,
      expectations: [
        ["23m", "sum(budget:spend_dollars:month)", { "{}": 8 }],
        ["31m", "sum(budget:spend_dollars:month)", { "{}": 24 }],
      ],
    });
  });
});

describeWithEngine("promtool", "a rolling budget", () => {
  const rolling = (per: BudgetDeclaration["per"]) => budgetPlan([{ ...budget, name: "b", per }]);

  test("of an hour holds an hour", () =>
    expectRun(rolling("1h"), {
      start: "2026-11-30T00:00:00Z",
      every: "30s",
      series: { ...series, 'cost_dollars_total{job="j",instance="i"}': "7+1x240 247x300" },
      expectations: [
        ["1h50m", "sum(budget:spend_dollars:1h)", { "{}": 120 }],
        ["3h30m", "sum(budget:spend_dollars:1h)", { "{}": 0 }],
      ],
    }));

  test("of days is reported when its limit is spent, and ends when the spending has left it", () =>
    expectRun(budgetPlan([{ ...budget, name: "b", per: "1d" }], { scrapeInterval: "4m", evaluationInterval: "4m" }), {
      start: "2026-11-30T00:00:00Z",
      every: "4m",
      series: { ...series, 'cost_dollars_total{job="j",instance="i"}': "7+2x270 547x700" },
      expectations: [
        ["16h", 'count(ALERTS{alertname="BudgetSpent100"})', {}],
        ["18h", 'count(ALERTS{alertname="BudgetSpent100"})', { "{}": 1 }],
        ["36h", "sum(budget:spend_dollars:1d)", { "{}": 184 }],
        ["36h", 'count(ALERTS{alertname="BudgetSpent100"})', {}],
      ],
    }));
});

describeWithEngine("promtool", "a pause", () => {
  test("of all scrapes over midnight loses what was spent meanwhile, and no more; the new day begins at zero", () =>
    expectRun(budgetPlan([{ ...budget, name: "b", per: "day" }]), {
      start: "2026-11-30T23:00:00Z",
      every: "30s",
      series: {
        'up{job="j",instance="i"}': "1x80 _x80 1x200",
        'cost_dollars_total{job="j",instance="i"}': "7+1x80 _x80 168+1x200",
      },
      expectations: [
        ["50m", "sum(budget:spend_dollars:day)", { "{}": 80 }],
        ["1h30m", "sum(budget:spend_dollars:day)", { "{}": 13 }],
      ],
    }));
});

describeWithEngine("promtool", "a label that `by` no longer has", () => {
  // What the rules before the change had recorded, up to the first evaluation of the new ones.
  const before = (values: string) => ({
    'budget:spend_dollars:month{slo_service="svc", budget="b", team="search"}': values,
    'budget:spend_dollars:month{slo_service="svc", budget="b", team="ads"}': values,
  });
  const run = { start: "2026-11-16T00:00:00Z", every: "30s" };

  test("goes on with the largest part, and not again with every tile", () =>
    expectRun(budgetPlan([{ ...budget, name: "b", per: "month" }]), {
      ...run,
      series: { ...series, ...before("300") },
      expectations: [
        ["21m", "sum(budget:spend_dollars:month)", { "{}": 338 }],
        ["3h1m", "sum(budget:spend_dollars:month)", { "{}": 658 }],
      ],
    }));

  test("adds nothing to a sum that the last evaluation did not make", () =>
    expectRun(budgetPlan([{ ...budget, name: "b", per: "month" }]), {
      ...run,
      series: before("_x6 300"),
      expectations: [["25m", "sum(budget:spend_dollars:month)", { "{}": 300 }]],
    }));
});
