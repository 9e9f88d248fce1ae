/** The panels of a budget say only what they draw. */
import { expect, test } from "vitest";
import { periodGraph } from "../../../src/emit/grafana/spend-panels.ts";
import type { BudgetDeclaration } from "../../../src/model/declaration.ts";
import { budgetPlan } from "../../compile/budget/months.ts";

const dollars = (amount: number) => ({ amount, unit: "dollars" }) as const;
const daily = { kind: "spend", name: "daily", metric: "cost_dollars_total", per: "day", by: ["model"] } as const;

test("the limit over everything is drawn dashed, and told", () => {
  const panel = panelOf({ ...daily, limit: dollars(500) });
  expect(panel.title).toContain("and the limit");
  expect(panel.description).toContain("Dashed: the limit over everything");
  expect(JSON.stringify(panel)).toContain("custom.lineStyle");
});

test("where single values alone have limits, no line over everything is promised", () => {
  const panel = panelOf({ ...daily, limitEach: dollars(50) });
  expect(panel.title).not.toContain("limit");
  expect(panel.description).toContain("No limit over everything is declared");
  expect(JSON.stringify(panel)).not.toMatch(/Dashed|custom.lineStyle/);
});

function panelOf(declared: BudgetDeclaration) {
  const [plan] = budgetPlan([declared]).services[0]?.budgets ?? [];
  if (!plan) throw new Error("the plan has no budget");
  return periodGraph(plan);
}
