/** Every query of the dashboard of budgets, and of their runbooks, has data where something is spent. On the real engine. */
import { expect, test } from "vitest";
import { runbooks } from "../../../src/emit/runbooks.ts";
import { readTemplates } from "../../../src/io/read-templates.ts";
import type { BudgetDeclaration } from "../../../src/model/declaration.ts";
import { budgetPlan, expectRun } from "../../compile/budget/months.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { dashboardsOf, panelsOf } from "./read-dashboards.ts";

const dollars = (amount: number) => ({ amount, unit: "dollars" });
const common = { kind: "spend", metric: "cost_dollars_total" } as const;
const budgets: readonly BudgetDeclaration[] = [
  {
    ...common,
    name: "day",
    per: "day",
    by: ["model"],
    limit: dollars(500),
    limitEach: dollars(300),
    requests: "requests_total",
    unitCost: { perRequest: dollars(0.05) },
    activeUsers: "active_users",
  },
  { ...common, name: "month", per: "month", by: ["model"], limits: { a: dollars(1000) }, limitEach: dollars(100) },
  { ...common, name: "week", per: "7d", limit: dollars(3000) },
];

const plan = budgetPlan(budgets, { scrapeInterval: "4m", evaluationInterval: "4m" });
const target = 'job="j",instance="i"';

describeWithEngine("promtool", "ten hours of spending", () => {
  test("answer every query of the dashboard and of the runbooks", () => {
    const queries = [...dashboardQueries(), ...runbookQueries()];
    expect(queries.length).toBeGreaterThan(50);
    return expectRun(plan, {
      start: "2026-11-10T00:00:00Z",
      every: "4m",
      series: {
        [`up{${target}}`]: "1x200",
        [`cost_dollars_total{${target},model="a"}`]: "7+1x200",
        [`cost_dollars_total{${target},model="b"}`]: "7+0.5x200",
        [`requests_total{${target}}`]: "0+100x200",
        [`active_users{${target},model="a"}`]: "3x200",
      },
      claims: queries.map((query) => ["10h", `(count(${query}) > bool 0) or vector(0)`, { "{}": 1 }]),
    });
  });
});

function dashboardQueries(): string[] {
  const panels = dashboardsOf(plan).flatMap(panelsOf);
  return panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));
}

function runbookQueries(): string[] {
  return runbooks
    .emit(plan, readTemplates())
    .flatMap(({ value }) => [...String(value).matchAll(/```promql\n([\s\S]*?)\n```/g)].map(([, query = ""]) => query));
}
