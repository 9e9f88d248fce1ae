/** Whether a budget's history is still of the same thing: a label that changes with what is counted, and with nothing else. */
import { expect, test } from "vitest";
import type { BudgetDeclaration } from "../../../src/declare/declaration.ts";
import { budgetPlan } from "./months.ts";

const limit = { amount: 500, unit: "dollars" } as const;
function meterOf(declared: BudgetDeclaration): string | undefined {
  const rules = budgetPlan([declared]).services.flatMap(({ budgets }) =>
    budgets.flatMap(({ groups }) => groups.flatMap((group) => group.rules)),
  );
  return rules.find(({ labels }) => labels.meter_hash !== undefined)?.labels.meter_hash;
}

test("another count of requests changes it: what one of them costs is no longer the same", () => {
  const declared = { kind: "spend", name: "b", metric: "cost_dollars_total", per: "day", limit } as const;
  const [plain, ...others] = [{}, { requests: "requests_total" }, { requests: "calls_total" }].map((more) =>
    meterOf({ ...declared, ...more }),
  );
  expect(new Set([plain, ...others]).size).toBe(3);
});

test("a release does not change it: whoever compares it would find another meter", () => {
  expect(meterOf({ kind: "spend", name: "b", metric: "cost_dollars_total", per: "day", limit })).toBe(
    "6f32b3dde5ae3e05",
  );
});
