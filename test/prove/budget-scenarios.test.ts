/** Alerts on the error budget, and thresholds that know the traffic: their generated tests pass in promtool. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { render } from "../../src/emit/artifact.ts";
import { proofs } from "../../src/emit/proofs.ts";
import { events } from "../../src/model/construct.ts";
import type { SloDeclaration } from "../../src/model/declaration.ts";
import { planOf, rulesIn } from "../sli/history.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";

const sli = events({ total: "requests_total", bad: "errors_total" });
const budget = { exhausted: true, below: [0.5, 0.25], forecast: "3d", drop: { share: 0.1, within: "1d" } } as const;

interface Test {
  readonly name: string;
  readonly promql_expr_test: readonly { readonly expr: string; readonly exp_samples: readonly unknown[] }[];
}

async function proveLong(slo: Partial<SloDeclaration>): Promise<Test[]> {
  const plan = planOf({ sli, ...slo });
  const dir = rulesIn(plan);
  const file = proofs.emit(plan, {}).find(({ path }) => path.endsWith(".long.tests.yaml"));
  if (!file) throw new Error("nothing proves the long windows");
  writeFileSync(join(dir, file.path), render(file));
  const answer = await runPromtool(["test", "rules", join(dir, file.path)]);
  expect(answer.status, `${answer.stdout}\n${answer.stderr}`).toBe(0);
  return (file.value as { tests: Test[] }).tests;
}

/** Tiers of which some claim says that they fire, or that they do not. */
function shown(tests: readonly Test[], fires: boolean): string[] {
  const all = tests.flatMap((each) => each.promql_expr_test).filter((claim) => claim.exp_samples.length > 0 === fires);
  return [...new Set(all.flatMap(({ expr }) => /tier="(budget-[a-z0-9-]+)"/.exec(expr)?.[1] ?? []))].sort();
}

const TIERS = ["budget-drop", "budget-exhausted", "budget-forecast", "budget-low-25", "budget-low-50"];

describeWithEngine("promtool", "alerts on the error budget", () => {
  test("fire, and are silent, in a window of 30 days", async () => {
    const tests = await proveLong({ objective: 99.9, alerting: { budget } });
    expect(shown(tests, true)).toEqual(TIERS);
    expect(shown(tests, false)).toEqual(TIERS);
  }, 300_000);

  test("resolve when a window of a day has given the budget back", async () => {
    const short = { ...budget, forecast: "6h", drop: { share: 0.1, within: "2h" } } as const;
    const tests = await proveLong({ objective: 99, window: "1d", alerting: { budget: short } });
    const exhausted = tests.find(({ name }) => name.includes("budget-exhausted fires"))?.promql_expr_test ?? [];
    expect(exhausted.map(({ exp_samples }) => exp_samples.length)).toEqual([0, 1, 1, 0]);
  }, 300_000);

  test("know groups with objectives of their own", async () => {
    const tests = await proveLong({ groupBy: ["model"], objectives: { batch: 99 }, alerting: { budget } });
    expect(shown(tests, true)).toEqual(TIERS);
  }, 300_000);
});
