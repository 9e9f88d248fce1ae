/** The numbers of `explain --json`: a program reads them by names that say their unit. */
import { describe, expect, test } from "vitest";
import type { ServiceDeclaration, SloDeclaration } from "../../src/declare/declaration.ts";
import { explainExperiment } from "../../src/explain/experiment.ts";
import { explain } from "../../src/explain/explain.ts";
import { explainSpend } from "../../src/explain/spend.ts";
import { planWith } from "../compile/spend/months.ts";

const sli = { kind: "events", total: "requests_total", bad: "errors_total" } as const;
const usd = (amount: number) => ({ amount, unit: "dollars" });

const declared: Partial<ServiceDeclaration> = {
  slos: [{ name: "s", objective: 99.9, sli } as SloDeclaration],
  budgets: [
    {
      kind: "spend",
      name: "b",
      metric: "cost_total",
      per: "day",
      limit: usd(500),
      by: ["model"],
      limits: { a: usd(9) },
    },
  ],
  experiments: [{ name: "e", label: "variant", baseline: "control", slis: [{ name: "errors", sli }] }],
};
const plan = planWith(declared);
const service = plan.services[0];
const explained = {
  slo: service?.slos.map((each) => explain(plan, each).figures)[0],
  budget: service?.budgets.map((each) => explainSpend(plan, each).figures)[0],
  experiment: service?.experiments.map((each) => explainExperiment(each).figures)[0],
};

test("of an SLO hold its promise, its tiers and its times in plain units", () => {
  expect(explained.slo).toMatchObject({
    objectivePercent: 99.9,
    errorBudgetRatio: 0.001,
    windowSeconds: 2_592_000,
    errorBudgetSeconds: 2592,
    tiers: expect.arrayContaining([
      expect.objectContaining({
        tier: "page-fast",
        burnRate: 14.4,
        longWindowSeconds: 3600,
        shortWindowSeconds: 300,
        errorRatio: 0.0144,
        budgetSpentRatio: 0.02,
      }),
    ]),
  });
});

test("of a budget hold its limits in its own unit", () => {
  expect(explained.budget).toMatchObject({
    unit: "dollars",
    periodSeconds: 86_400,
    limitAmount: 500,
    limitAmounts: { a: 9 },
    thresholds: [
      { limitRatio: 0.5, severity: "info" },
      { limitRatio: 0.8, severity: "ticket" },
      { limitRatio: 1, severity: "page" },
    ],
  });
});

test("of an experiment hold what a difference must be", () => {
  expect(explained.experiment).toMatchObject({ windowSeconds: 86_400, leastSampleEvents: 500, standardErrors: 4 });
});

describe.each(Object.entries(explained))("of %s", (_kind, figures) => {
  test("every number has a unit in its name", () => {
    const names = numbered(figures);
    expect(names.length).toBeGreaterThan(5);
    expect(
      names.filter((name) => !/(Seconds|Percent|Ratio|Rate|Amount|PerHour|Events|Errors|rules)$/.test(name)),
    ).toEqual([]);
  });
});

/** The names of all numbers; those of a record by value are amounts by their parent's name. */
function numbered(value: unknown, name = ""): string[] {
  if (typeof value === "number") return [name];
  if (Array.isArray(value)) return value.flatMap((each) => numbered(each, name));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => numbered(each, name === "limitAmounts" ? "limitAmount" : key));
}
