/** Labels and values of a budget that nothing has: its limits would be compared with nothing, and nobody would know. */
import { test } from "vitest";
import { describeWithEngine } from "../../support/engines.ts";
import { budgetPlan, expectRun } from "./months.ts";

const dollars = (amount: number) => ({ amount, unit: "dollars" });
const cost = (team: string) => `spend_dollars_total{job="llm", instance="a", team="${team}"}`;
const up = { 'up{job="llm", instance="a"}': "1x4000" };
const budget = {
  kind: "spend",
  name: "daily",
  metric: 'spend_dollars_total{job="llm"}',
  per: "day",
  limits: { search: dollars(100), serach: dollars(50) },
} as const;
const broken = (reason: string, by: string) =>
  `count by (${by}) (ALERTS{alertname="BudgetBroken", alertstate="firing", reason="${reason}"})`;

describeWithEngine("promtool", "a budget by a label", () => {
  test("that no series has is reported", () =>
    expectRun(budgetPlan([{ ...budget, by: ["taem"] }]), {
      start: "2026-11-28T10:00:00Z",
      every: "30s",
      series: { ...up, [cost("search")]: "0+0.5x100" },
      expectations: [
        ["10m", broken("by-label-missing", "budget"), {}],
        ["40m", broken("by-label-missing", "budget"), { '{budget="daily"}': 1 }],
      ],
    }));

  test("that series have is not, but a value that none has is, after a day", () =>
    expectRun(budgetPlan([{ ...budget, by: ["team"] }], { scrapeInterval: "4m", evaluationInterval: "4m" }), {
      start: "2026-11-28T10:00:00Z",
      every: "4m",
      series: { ...up, [cost("search")]: "0+0.5x420" },
      expectations: [
        ["26h", broken("by-label-missing", "budget"), {}],
        ["23h", broken("limit-never-seen", "team"), {}],
        ["26h", broken("limit-never-seen", "team"), { '{team="serach"}': 1 }],
      ],
    }));
});

describeWithEngine("promtool", "a counter of money", () => {
  const workers = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? 1000 : 600) + index).join(" ");
  const one = { ...budget, by: ["team"], limits: {}, limit: dollars(1e6) };

  test("that falls again and again while its target is up is that of several workers", () =>
    expectRun(budgetPlan([one]), {
      start: "2026-11-28T10:00:00Z",
      every: "30s",
      series: { ...up, [cost("search")]: workers },
      expectations: [
        ["14m", broken("counters-fall", "budget"), {}],
        ["50m", broken("counters-fall", "budget"), { '{budget="daily"}': 1 }],
      ],
    }));

  test("that begins anew once is that of a restart", () =>
    expectRun(budgetPlan([one]), {
      start: "2026-11-28T10:00:00Z",
      every: "30s",
      series: { ...up, [cost("search")]: "0+1x60 0+1x120" },
      expectations: [["50m", broken("counters-fall", "budget"), {}]],
    }));
});
