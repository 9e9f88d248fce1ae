/** Generated tests of budgets: promtool accepts them for every period, and they fail when a rule is wrong. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Plan } from "../../src/compile/plan.ts";
import { type Artifact, render } from "../../src/emit/artifact.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { proofs } from "../../src/emit/proofs.ts";
import type { BudgetDeclaration } from "../../src/model/declaration.ts";
import { budgetPlan } from "../compile/budget/months.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";

vi.setConfig({ testTimeout: 600_000 });

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
  test("pass for every period, and on every limit", () => expectProven(budgetPlan(everyPeriod), true));

  test("pass where clusters are told apart, and where Prometheus forgets", () =>
    expectProven(budgetPlan(everyPeriod.slice(1, 4), { identity: ["cluster"], retention: "15d" }), true));

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
    expectProven(budgetPlan([{ ...common, name: "day", per: "day", by: ["model"] }]), false, spoil),
  );
});

async function expectProven(plan: Plan, passes: boolean, spoil = (rules: string) => rules): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-proofs-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const written = (file: Artifact, text: string): void => {
    mkdirSync(dirname(join(dir, file.path)), { recursive: true });
    writeFileSync(join(dir, file.path), text);
  };
  for (const file of prometheus.emit(plan, {})) {
    const text = render(file);
    if (!passes && file.path.endsWith(".long.rules.yaml")) expect(spoil(text)).not.toBe(text);
    written(file, file.path.endsWith(".long.rules.yaml") ? spoil(text) : text);
  }
  const tests = proofs.emit(plan, {});
  expect(tests.length).toBe(1);
  for (const file of tests) written(file, render(file));
  const { status } = await runPromtool(["test", "rules", join(dir, tests[0]?.path ?? "")]);
  expect(status).toBe(passes ? 0 : 1);
}
