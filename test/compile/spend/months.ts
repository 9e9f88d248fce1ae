/** Simulated months: counters with everything that happens to them, the ledger they were made from, and the real rules. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { compile } from "../../../src/compile/compile.ts";
import { groupsOf, type Plan } from "../../../src/compile/plan.ts";
import type { BudgetDeclaration, PlatformDeclaration, ServiceDeclaration } from "../../../src/declare/declaration.ts";
import { hasErrors } from "../../../src/issue.ts";
import { parse } from "../../../src/parse/parse.ts";
import type { Tests } from "../../properties/fuzz/rule-tests.ts";
import { rulesOf } from "../../sli/history.ts";
import { playAndEvaluate } from "../../support/play-tests.ts";

/** The plan of one service `svc` with these budgets. */
export function budgetPlan(budgets: readonly BudgetDeclaration[], platform: PlatformDeclaration = {}): Plan {
  return planWith({ budgets }, platform);
}

/** The plan of one service `svc`. */
export function planWith(service: Partial<ServiceDeclaration>, platform: PlatformDeclaration = {}): Plan {
  const services = [{ name: "svc", owner: "team", runbooks: "https://runbooks.example.com", ...service }];
  const parsed = parse({ services, platform: { retention: "400d", ...platform } });
  expect(parsed.issues.filter(({ level }) => level === "error")).toEqual([]);
  const { plan, issues } = compile(parsed.services, parsed.platform);
  expect(hasErrors(issues)).toBe(false);
  return plan;
}

/** Values by labels, such as `{model="a"}`. */
export type Samples = Readonly<Record<string, number>>;

export interface Run {
  /** When it begins: `2026-02-01T00:00:00Z`. */
  readonly start: string;
  /** Between two values of a series, and between two evaluations. */
  readonly every: string;
  readonly series: Readonly<Record<string, string>>;
  readonly expectations: readonly (readonly [at: string, query: string, samples: Samples])[];
}

/** Feeds a history to the plan's rules and compares the answers with what is expected. */
export async function expectRun(plan: Plan, run: Run): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-months-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const { status, output } = await playAndEvaluate(dir, rulesOf(plan), testFile(run, plan));
  expect(status, output).toBe(0);
}

/** Feeds recorded series to a single rule of the plan. */
export async function expectRule(plan: Plan, name: string, run: Run, reason?: string): Promise<void> {
  const budgets = plan.services.flatMap((service) => service.budgets);
  const rules = budgets
    .flatMap(({ alerts }) => alerts)
    .filter(({ alert, labels }) => alert === name && labels.reason === reason);
  const group = { name: "svc/b", intervalSeconds: 240, rules };
  const single = {
    ...plan,
    services: plan.services.map((service) => ({
      ...service,
      slos: [],
      budgets: budgets.slice(0, 1).map((budget) => ({ ...budget, groups: [group] })),
    })),
  };
  expect(rules.length).toBe(1);
  await expectRun(single, run);
}

function testFile({ start, every, series, expectations }: Run, plan: Plan): Tests {
  const groups = plan.services.flatMap(groupsOf);
  const file = {
    evaluation_interval: every,
    group_eval_order: groups.map(({ name }) => name),
    fuzzy_compare: true,
    tests: [
      {
        interval: every,
        start_timestamp: start,
        input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
        promql_expr_test: expectations.map(([at, expr, samples]) => ({
          expr,
          eval_time: at,
          exp_samples: Object.entries(samples).map(([labels, value]) => ({ labels, value })),
        })),
      },
    ],
  };
  return file;
}
