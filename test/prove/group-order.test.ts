/**
 * promtool evaluates the groups of a file in any order, another one at each run. Generated tests hold in the order in which
 * they stand and in the reverse of it, so that of any two groups each was once the first.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { SloDeclaration } from "../../src/declare/declaration.ts";
import { type Artifact, render } from "../../src/emit/artifact.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { proofs } from "../../src/emit/proofs.ts";
import { planWith } from "../compile/spend/months.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";

const slos: readonly SloDeclaration[] = [
  {
    name: "errors",
    objective: 99,
    window: "7d",
    groupBy: ["model"],
    sli: { kind: "events", total: "requests_total", bad: "errors_total" },
  },
  {
    name: "depth",
    objective: 99,
    window: { calendar: "week" },
    sli: { kind: "gauge", metric: "depth", op: "<=", threshold: 10 },
  },
];

describeWithEngine("promtool", "generated tests", () => {
  test.each<[order: string, arranged: (groups: readonly string[]) => readonly string[]]>([
    ["as they stand", (groups) => groups],
    ["the other way round", (groups) => [...groups].reverse()],
  ])("hold when groups are evaluated %s", async (_order, arranged) => {
    const { status, stdout, stderr } = await runPromtool(["test", "rules", "ordered.json"], { cwd: files(arranged) });
    expect(status, `${stdout}${stderr}`).toBe(0);
  });
});

/** The rules, and the tests with an order of groups. */
function files(arranged: (groups: readonly string[]) => readonly string[]): string {
  const plan = planWith({ slos });
  const dir = mkdtempSync(join(tmpdir(), "firebreak-group-order-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const rules = prometheus.emit(plan, {});
  for (const file of rules) write(dir, file);
  const [tests] = proofs.emit(plan, {}).map(({ value }) => value as object);
  const groups = rules.flatMap(({ value }) => (value as { groups: { name: string }[] }).groups.map(({ name }) => name));
  expect(groups.length).toBeGreaterThan(4);
  const value = { ...tests, rule_files: rules.map(({ path }) => path), group_eval_order: arranged(groups) };
  write(dir, { path: "ordered.json", format: "json", value });
  return dir;
}

function write(dir: string, file: Artifact): void {
  mkdirSync(dirname(join(dir, file.path)), { recursive: true });
  writeFileSync(join(dir, file.path), render(file));
}
