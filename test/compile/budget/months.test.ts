/** Budgets over simulated months, on the real engine, against the ledger that made the counters. */
import { expect, test } from "vitest";
import { describeWithEngine } from "../../support/engines.ts";
import { budgetPlan, expectRun } from "./months.ts";

const slowly = { scrapeInterval: "4m", evaluationInterval: "4m" } as const;
const daily = {
  kind: "spend",
  name: "b",
  metric: "cost_dollars_total",
  per: "day",
  by: ["model"],
  limit: { amount: 500, unit: "dollars" },
} as const;
const firing = 'count by (alertname, scope) (ALERTS{alertstate="firing",alertname=~"BudgetSpent.*"})';

describeWithEngine("promtool", "a daily budget over a month", () => {
  // 360 evaluations a day at $1 and $0.50; from day 10 on $1.50 more.
  test("counts every day for itself, alerts at its thresholds and is quiet again after midnight", async () => {
    const plan = budgetPlan([daily], slowly);
    expect(plan.services[0]?.budgets[0]?.measure.tileSeconds).toBe(240);
    await expectRun(plan, {
      start: "2026-02-01T00:00:00Z",
      every: "4m",
      series: {
        'up{job="j",instance="i"}': "1x10100",
        'cost_dollars_total{job="j",instance="i",model="a"}': "7+0.5x3240 1628.5+2x6840",
        'cost_dollars_total{job="j",instance="i",model="b"}': "3+0.5x10080",
      },
      claims: [
        ["47h56m", "sum(budget:spend_dollars:day)", { "{}": 358 }],
        ["15d23h56m", "sum(budget:spend_dollars:day)", { "{}": 900 - 5 }],
      ],
    });
  }, 120_000);
});
