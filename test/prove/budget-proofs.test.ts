/** Generated tests of budgets: promtool accepts them for every period, and they fail when a rule is wrong. */
import { test, vi } from "vitest";
import type { BudgetDeclaration } from "../../src/model/declaration.ts";
import { budgetPlan } from "../compile/budget/months.ts";
import { describeWithEngine } from "../support/engines.ts";
import { expectProven } from "./expect-proven.ts";

vi.setConfig({ testTimeout: 600_000 });

const PATH = "prometheus/svc.budgets.tests.yaml";

const dollars = (amount: number) => ({ amount, unit: "dollars" });
const common = { kind: "spend", metric: "cost_dollars_total", limit: dollars(500) } as const;

const everyPeriod: readonly BudgetDeclaration[] = [
  { ...common, name: "hour", per: "hour" },
  { ...common, name: "day", per: "day", by: ["model"] },
  { ...common, name: "week", per: "week", offset: "-08:00", by: ["model"], limits: { a: dollars(200) } },
  { ...common, name: "month", per: "month", offset: "+05:30", by: ["model"], limitEach: dollars(300) },
  { ...common, name: "quarter", per: "quarter", thresholds: [0.9, { at: 1.2, severity: "info" }] },
  { ...common, name: "rolling", per: "7d", by: ["model", "team"], limitEach: dollars(100) },
];

describeWithEngine("promtool", "the generated tests of budgets", () => {
  test("pass for every period, and on every limit", () => expectProven(budgetPlan(everyPeriod), PATH));

  test("pass where clusters are told apart, and where Prometheus forgets", () =>
    expectProven(budgetPlan(everyPeriod.slice(1, 4), { identity: ["cluster"], retention: "15d" }), PATH));

  test.each([
    ["a threshold that is too high", (rules: string) => rules.replace("} >= 0.8", "} >= 0.95")],
    ["a limit that is another one", (rules: string) => rules.replace("vector(500)", "vector(900)")],
    ["a period that never ends", (rules: string) => rules.replaceAll("on (day)", "on ()")],
    [
      "tiles that overlap",
      (rules: string) =>
        rules.replaceAll(/(label_replace\(\s+last_over_time\(\s*budget:spend_dollars:sum4m)/g, "0 * $1"),
    ],
  ])("fail on %s", (_, spoil) =>
    expectProven(budgetPlan([{ ...common, name: "day", per: "day", by: ["model"] }]), PATH, spoil),
  );
});
