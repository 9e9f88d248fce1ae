/**
 * promtool evaluates the groups of a file in any order, another one at each run. Generated tests hold in the order in which
 * they stand and in the reverse of it, so that of any two groups each was once the first.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import type { SloDeclaration } from "../../src/declare/declaration.ts";
import { prometheus } from "../../src/emit/prometheus.ts";
import { proofs } from "../../src/emit/proofs.ts";
import type { RuleFile } from "../../src/play/rules-read.ts";
import { planWith } from "../compile/spend/months.ts";
import { describeWithEngine } from "../support/engines.ts";
import { type Played, playTests, type TestFile } from "../support/play-tests.ts";

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
    const { status, output } = await playArranged(arranged);
    expect(status, output).toBe(0);
  });
});

/** The rules, and the tests with an order of groups. */
function playArranged(arranged: (groups: readonly string[]) => readonly string[]): Promise<Played> {
  const plan = planWith({ slos });
  const dir = mkdtempSync(join(tmpdir(), "firebreak-group-order-"));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const [rules, ...more] = prometheus.emit(plan, {}).map(({ value }) => value as RuleFile);
  const [tests] = proofs.emit(plan, {}).map(({ value }) => value as TestFile);
  if (!rules || !tests || more.length > 0) throw new Error("one service has one file of rules");
  const groups = rules.groups.map(({ name }) => name);
  expect(groups.length).toBeGreaterThan(4);
  const ordered = { ...tests, group_eval_order: arranged(groups) };
  return playTests(dir, rules, ordered);
}
