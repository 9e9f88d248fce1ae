/** Which alerts of one limit are told: one source alert a rule, nothing silenced upwards. */
import { expect, test } from "vitest";
import type { BudgetDeclaration } from "../../../src/declare/declaration.ts";
import { budgetRules } from "../../../src/emit/alertmanager/budget-order.ts";
import { printInhibitRule } from "../../../src/emit/alertmanager/print-config.ts";
import { budgetPlan } from "../../compile/spend/months.ts";

const daily = {
  kind: "spend",
  name: "b",
  metric: "cost_dollars_total",
  per: "day",
  by: ["model"],
  limit: { amount: 500, unit: "dollars" },
} as const satisfies BudgetDeclaration;

function rulesOf(...changes: readonly Partial<BudgetDeclaration>[]): string[] {
  const declared = changes.map((change, index) => ({ ...daily, ...change, name: `b${index}` }));
  const plan = budgetPlan(declared);
  return budgetRules(plan.services.flatMap(({ budgets }) => budgets))
    .map(printInhibitRule)
    .map(({ source_matchers: [, source = ""], target_matchers: [, target = ""] }) => `${source} > ${target}`);
}

test("a higher threshold silences the lower ones; the forecast of a spent limit ends by itself", () => {
  expect(rulesOf({})).toEqual([
    'alertname="BudgetBurnFast" > alertname="BudgetBurnSlow"',
    'alertname="BudgetSpent100" > alertname=~"BudgetSpent50|BudgetSpent80"',
    'alertname="BudgetSpent80" > alertname="BudgetSpent50"',
  ]);
});

test("budgets of one shape share their rules", () => {
  expect(rulesOf({}, {})).toEqual(rulesOf({}));
});

test("a ticket silences no page", () => {
  const thresholds = [
    { at: 0.5, severity: "page" },
    { at: 1, severity: "ticket" },
  ] as const;
  expect(rulesOf({ thresholds, burn: false })).toEqual([]);
});

test("burns that two budgets order differently are both told", () => {
  const burns = (a: number, b: number) => ({
    burn: [
      { name: "one", severity: "ticket", burn: a, long: "1h", short: "8m" },
      { name: "two", severity: "ticket", burn: b, long: "3h", short: "16m" },
    ] as const,
    thresholds: [],
  });
  expect(rulesOf(burns(6, 3), burns(3, 6))).toEqual([]);
  expect(rulesOf(burns(6, 3))).toHaveLength(1);
});

test("every rule holds within one limit: its budget, its value", () => {
  const [rule] = budgetRules(budgetPlan([daily]).services.flatMap(({ budgets }) => budgets));
  expect(rule?.equal).toEqual(["slo_service", "budget", "model"]);
});
