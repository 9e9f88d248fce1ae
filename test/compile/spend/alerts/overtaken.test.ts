/** Alerts of one limit end when a more urgent one reports it: in which order, and that nothing ends upwards. */
import { describe, expect, test } from "vitest";
import { fasterBurns, nextShare, spentShare } from "../../../../src/compile/spend/alerts/overtaken.ts";
import type { BudgetDeclaration } from "../../../../src/declare/declaration.ts";
import type { SpendBudget } from "../../../../src/model/service.ts";
import { describeWithEngine } from "../../../support/engines.ts";
import { budgetPlan, expectRule } from "../months.ts";

const daily = {
  kind: "spend",
  name: "b",
  metric: "cost_dollars_total",
  per: "day",
  by: ["model"],
  limit: { amount: 500, unit: "dollars" },
} as const satisfies BudgetDeclaration;

function budgetOf(change: Partial<BudgetDeclaration>): SpendBudget {
  const [only] = budgetPlan([{ ...daily, ...change }]).services.flatMap(({ budgets }) => budgets);
  if (only === undefined) throw new Error("no budget");
  return only.budget;
}

/** Each threshold with the share at which it ends. */
function ends(thresholds: BudgetDeclaration["thresholds"]): (number | undefined)[] {
  const budget = budgetOf({ ...(thresholds ? { thresholds } : {}), burn: false });
  return budget.thresholds.map((each) => nextShare(each, budget));
}

describe("a threshold", () => {
  test("ends at the next one, and the last one with the period", () =>
    expect(ends(undefined)).toEqual([0.8, 1, undefined]));

  test("that pages is ended by no ticket", () =>
    expect(
      ends([
        { at: 0.5, severity: "page" },
        { at: 0.8, severity: "ticket" },
        { at: 1, severity: "page" },
      ]),
    ).toEqual([1, 1, undefined]));
});

describe("a burn", () => {
  const burns = (one: number, two: number, severity: "page" | "ticket" = "ticket") =>
    budgetOf({
      burn: [
        { name: "one", severity, burn: one, long: "1h", short: "8m" },
        { name: "two", severity: "ticket", burn: two, long: "3h", short: "16m" },
      ],
    });
  const faster = (budget: SpendBudget) => budget.burns.map((burn) => fasterBurns(burn, budget).map(({ name }) => name));

  test("is ended by the faster one, whichever way round they are declared", () => {
    expect(faster(burns(6, 3))).toEqual([[], ["one"]]);
    expect(faster(burns(3, 6))).toEqual([["two"], []]);
  });

  test("that pages is ended by no ticket", () => expect(faster(burns(3, 6, "page"))).toEqual([[], []]));

  test("that is a ticket ends where a threshold says that the limit is spent; a page stays", () => {
    const [page, ticket] = burns(6, 3, "page").burns;
    if (!page || !ticket) throw new Error("no burns");
    expect(spentShare(ticket, budgetOf({}))).toBe(1);
    expect(spentShare(ticket, budgetOf({ thresholds: [0.5, 0.8] }))).toBeUndefined();
    expect(spentShare(ticket, budgetOf({ thresholds: [{ at: 1, severity: "info" }] }))).toBeUndefined();
    expect(spentShare(page, budgetOf({}))).toBeUndefined();
  });
});

describeWithEngine("promtool", "the ticket of a slow burn", () => {
  const own = 'slo_service="svc",budget="b"';
  const of = (name: string, model: string, values: string) => ({ [`${name}{${own},model="${model}"}`]: values });
  const burns = (model: string) => ({
    ...of("budget:burn_rate:3h", model, "4x30"),
    ...of("budget:burn_rate:15m", model, "4x30"),
  });
  const firing = 'count by (model) (ALERTS{alertname="BudgetBurnSlow", alertstate="firing"})';

  test("fires by itself, and neither beside the page of the same value nor when its limit is spent", () =>
    expectRule(budgetPlan([{ ...daily, limitEach: { amount: 100, unit: "dollars" } }]), "BudgetBurnSlow", {
      start: "2026-02-01T12:00:00Z",
      every: "4m",
      series: {
        ...burns("a"),
        ...burns("paged"),
        ...burns("spent"),
        ...of("budget:used_ratio", "a", "0.6x30"),
        ...of("budget:used_ratio", "paged", "0.6x30"),
        ...of("budget:used_ratio", "spent", "1.1x30"),
        [`budget:elapsed_ratio{${own}}`]: "0.5x30",
        [`ALERTS{${own},alertname="BudgetBurnFast",alertstate="firing",model="paged"}`]: "1x30",
        // Another value's, and one that is not out yet.
        [`ALERTS{${own},alertname="BudgetBurnFast",alertstate="pending",model="a"}`]: "1x30",
      },
      expectations: [["40m", firing, { '{model="a"}': 1 }]],
    }));
});
