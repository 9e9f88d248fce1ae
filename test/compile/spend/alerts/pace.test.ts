/** A pace that is too fast, but not for long enough to reach the limit before the period ends. */
import { test } from "vitest";
import { describeWithEngine } from "../../../support/engines.ts";
import { budgetPlan, expectRule } from "../months.ts";

const daily = {
  kind: "spend",
  name: "b",
  metric: "cost_dollars_total",
  limit: { amount: 500, unit: "dollars" },
} as const;
const ID = 'slo_service="svc",budget="b"';
const FIRING = 'count by (alertname) (ALERTS{alertstate="firing"})';

describeWithEngine("promtool", "a burn of seven times the pace", () => {
  // A tenth is spent: 0.1 + 7 × 0.13 is above the limit, 0.1 + 7 × 0.12 is not.
  test("of a calendar day alerts while the day is long enough to reach the limit", () =>
    expectRule(budgetPlan([{ ...daily, per: "day" }]), "BudgetBurnFast", {
      start: "2026-02-27T00:00:00Z",
      every: "4m",
      series: {
        [`budget:burn_rate:1h{${ID}}`]: "7x20",
        [`budget:burn_rate:5m{${ID}}`]: "7x20",
        [`budget:used_ratio{${ID}}`]: "0.1x20",
        [`budget:elapsed_ratio{${ID}}`]: "0.88x9 0.87x9",
      },
      expectations: [
        ["36m", FIRING, {}],
        ["40m", FIRING, { '{alertname="BudgetBurnFast"}': 1 }],
      ],
    }));

  test("of the last 24 hours alerts at once: they have no end", () =>
    expectRule(budgetPlan([{ ...daily, per: "1d" }]), "BudgetBurnFast", {
      start: "2026-02-27T00:00:00Z",
      every: "4m",
      series: { [`budget:burn_rate:1h{${ID}}`]: "7x20", [`budget:burn_rate:5m{${ID}}`]: "7x20" },
      expectations: [["4m", FIRING, { '{alertname="BudgetBurnFast"}': 1 }]],
    }));
});
