/** What is read of a budget: every sample of the base, or one sum for some minutes. */
import { expect, test } from "vitest";
import { spentWithin } from "../../../src/compile/spend/spend-measurement.ts";
import { print } from "../../../src/promql/print.ts";
import { budgetPlan } from "./months.ts";

test("a window reads the base, or tiles of it", () => {
  const limit = { amount: 500, unit: "dollars" } as const;
  const plan = budgetPlan([{ kind: "spend", name: "b", metric: "cost_dollars_total", per: "day", limit }]);
  const [measurement] = plan.services.flatMap(({ budgets }) => budgets.map((each) => each.measurement));
  if (measurement === undefined) throw new Error("no budget");
  const own = '{slo_service="svc", budget="b"}';
  expect(print(spentWithin(3600, "base", measurement))).toBe(`sum_over_time(budget:spend_dollars:increase${own}[1h])`);
  expect(print(spentWithin(86_400, "tiles", measurement))).toBe(
    `sum_over_time(budget:spend_dollars:increase4m${own}[1d])`,
  );
});
