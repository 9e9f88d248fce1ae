/** Notifications of budgets and experiments: each limit is reported for itself, each variant too, also of a team that this file does not know yet. */
import { join } from "node:path";
import { expect, test } from "vitest";
import type { BudgetDeclaration, PlatformDeclaration } from "../../../src/declare/declaration.ts";
import { printRoute } from "../../../src/emit/alertmanager/print-config.ts";
import { compileRoutes } from "../../../src/emit/alertmanager/routes.ts";
import { budgetPlan, planWith } from "../../compile/spend/months.ts";
import { describeWithEngine, runAmtool } from "../../support/engines.ts";
import { writtenOut } from "./written-out.ts";

const daily = {
  kind: "spend",
  name: "daily",
  metric: "cost_dollars_total",
  per: "day",
  by: ["model", "tenant"],
  limit: { amount: 500, unit: "dollars" },
  thresholds: [{ at: 1, severity: "page" }],
} as const satisfies BudgetDeclaration;
const platform: PlatformDeclaration = { receivers: { default: { page: { pagerduty: { secret: "pager" } } } } };
const stranger = "slo_service=new owner=strangers severity=page budget=daily".split(" ");

test("two budgets of a team that nobody knows are two incidents", () => {
  const stray = routesOf(budgetPlan([daily], platform)).routes?.at(-3);
  expect(stray).toMatchObject({ receiver: "default-page", matchers: ['slo_service!=""', 'severity="page"'] });
  expect(stray?.group_by).toEqual(["slo_service", "slo", "budget", "experiment", "sli", "model", "tenant"]);
});

test("an experiment is reported by variant and measurement, apart from the budgets and SLOs of its team", () => {
  const sli = { kind: "events", total: "a_total", bad: "b_total" } as const;
  const experiment = { name: "prompt", label: "variant", baseline: "A", slis: [{ name: "errors", sli }] };
  const plan = planWith({ budgets: [daily], experiments: [experiment] }, platform);
  const [route, ...others] = (routesOf(plan).routes ?? []).filter(({ matchers }) =>
    matchers?.includes('experiment!=""'),
  );
  expect(others).toEqual([]);
  expect(route).toMatchObject({
    receiver: "team-ticket",
    group_by: ["slo_service", "experiment", "sli", "variant"],
    repeat_interval: "1d",
  });
});

test("a stranger's budgets and experiments are told apart also where nobody here has any", () => {
  const slo = { name: "a", objective: 99, sli: { kind: "events", total: "a_total", bad: "b_total" } } as const;
  expect(routesOf(planWith({ slos: [slo] }, platform)).routes?.at(-3)?.group_by).toEqual([
    "slo_service",
    "slo",
    "budget",
    "experiment",
    "sli",
  ]);
});

describeWithEngine("amtool", "amtool", () => {
  test("leads a stranger's budget to the route that tells budgets apart", async () => {
    const config = `--config.file=${join(writtenOut(budgetPlan([daily], platform)), "alertmanager.yaml")}`;
    const answer = await runAmtool([
      "config",
      "routes",
      "test",
      config,
      "--verify.receivers=default-page",
      ...stranger,
    ]);
    expect(answer.status, answer.stderr).toBe(0);
  });
});

/** The routes as Alertmanager reads them. */
function routesOf(plan: Parameters<typeof compileRoutes>[0]) {
  return printRoute(compileRoutes(plan));
}
