/** Amounts and periods as a person reads them. */
import { expect, test } from "vitest";
import { amountWords, periodWords } from "../../../src/compile/spend/words.ts";
import type { BudgetDeclaration } from "../../../src/declare/declaration.ts";
import { budgetPlan } from "./months.ts";

test.each([
  [10_000, "dollars", "$10,000"],
  [12.5, "dollars", "$12.50"],
  [12.345678, "dollars", "$12.35"],
  [0.1234567, "dollars", "$0.1235"],
  [0.00002, "dollars", "$0.00002"],
  [0.0000138888, "dollars", "$0.0000139"],
  [-12.345678, "dollars", "$-12.35"],
  [2_000_000, "tokens", "2,000,000 tokens"],
  [2_083_333.333, "tokens", "2,083,333 tokens"],
  [12.5, "euros", "12.5 euros"],
])("%d %s is %s", (amount, unit, words) => expect(amountWords(amount, unit)).toBe(words));

test.each([
  ["day", "per day"],
  ["month", "per month"],
  ["7d", "within 7d"],
] as const)("a budget per %s is spent %s", (per, words) => {
  const declared: BudgetDeclaration = {
    kind: "spend",
    name: "b",
    metric: "cost_dollars_total",
    per,
    limit: { amount: 500, unit: "dollars" },
  };
  const [only] = budgetPlan([declared]).services.flatMap(({ budgets }) => budgets);
  if (only === undefined) throw new Error("no budget");
  expect(periodWords(only.budget)).toBe(words);
});
