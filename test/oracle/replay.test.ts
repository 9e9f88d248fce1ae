/**
 * Our rules over simulated histories, in Prometheus's own packages, held against the oracle. Histories of nine hours: long enough
 * for a failure to enter and leave the 6h window. `npm run bench:rules` does the same for days and months.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { during, HOUR, type Scenario, wholeScrapes } from "../../bench/oracle/scenario.ts";
import type { Case } from "../../bench/rules/cases.ts";
import { firebreak } from "../../bench/rules/firebreak.ts";
import { type CaseResult, runCase } from "../../bench/rules/run-case.ts";
import { availability } from "../../bench/rules/slo.ts";
import { describeWithEngine } from "../support/engines.ts";

const OUTAGE = { from: HOUR, to: 1.6 * HOUR };

const quietDay: Scenario = {
  name: "quiet",
  seed: 1,
  seconds: 9 * HOUR,
  targets: 4,
  routes: 1,
  failingRoutes: 1,
  traffic: () => 4,
  failures: [{ metric: "errors_total", born: "at-start", ratio: during(OUTAGE, 0.5, 0.0002) }],
  scrapes: wholeScrapes,
};

/** Pods are replaced, under their own name and under new ones, and errors are seen for the first time in the outage. */
const churn: Partial<Scenario> = {
  failures: [{ metric: "errors_total", born: "when-first-bad", ratio: during(OUTAGE, 0.5, 0) }],
  restarts: [0, 1, 2, 3].flatMap((target) => [
    { target, second: OUTAGE.from + 300 + target * 400, downSeconds: 20, renamed: target % 2 === 0 },
    { target, second: 4 * HOUR + target * 900, downSeconds: 20, renamed: target % 2 === 1 },
  ]),
};

const folder = mkdtempSync(join(tmpdir(), "firebreak-oracle-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function play(name: string, changes: Partial<Scenario>, more: Partial<Case> = {}): Promise<CaseResult> {
  const scenario = { ...quietDay, ...changes, name };
  const one: Case = { name, scenario, slos: [availability], failures: [OUTAGE], tolerance: 0, ...more };
  return runCase(one, [firebreak(true)], folder);
}

function holds({ peers: [result] }: CaseResult, tolerance: number): void {
  if (result === undefined) throw new Error("nothing was replayed");
  expect(result.failure).toBeUndefined();
  for (const window of result.windows.filter(({ seconds }) => seconds <= 6 * HOUR)) {
    expect(window.samples, `${window.seconds} s: readings`).toBeGreaterThan(100);
    expect(window.notNumbers, `${window.seconds} s: not numbers`).toBe(0);
    expect(window.absentSeconds, `${window.seconds} s: absent`).toBe(0);
    if (window.seconds < HOUR) continue;
    // A slower group reads what the base last wrote, which is no older than its interval.
    expect(window.lagSeconds, `${window.seconds} s: behind`).toBeLessThanOrEqual(30);
    expect(window.maxBehind, `${window.seconds} s: error`).toBeLessThanOrEqual(tolerance);
  }
  for (const { tier, fired, due, evaluationsOff } of result.verdicts) {
    expect(fired, tier).toBe(due);
    expect(evaluationsOff, tier).toBeLessThanOrEqual(2);
  }
  expect(result.page.pagedAfter).toBeLessThan(180);
}

describeWithEngine("replay", "rules against the oracle", () => {
  test("windows are exact to a thousandth where scrapes are whole", async () => {
    holds(await play("whole", {}), 0.001);
  });

  // What a pod under a new name counted before its first scrape is not counted: 0.12 % of an hour for each of five.
  test("restarts, renamed pods and late-born error series leave windows within a hundredth", async () => {
    holds(await play("churn", churn), 0.01);
  });

  test("a hundredth of scrapes missing leaves windows within a hundredth", async () => {
    holds(await play("scrapes", { scrapes: { ...wholeScrapes, missed: 0.01 } }), 0.01);
  });

  test("a hundredth of evaluations missing leaves windows within a hundredth", async () => {
    const missing = await play("evaluations", {}, { dropped: 0.01, tolerance: 0.03 });
    // What happened in an evaluation that did not take place is not counted: few readings are further off than 3 %.
    for (const { seconds, strays, samples } of missing.peers.flatMap(({ windows }) => windows))
      expect(strays, `${seconds} s: readings too far off`).toBeLessThanOrEqual(samples * 0.03);
    // Half of all events in 30s, in an hour of which 1.44 % may be bad: 29 % of the threshold.
    holds(missing, 0.3);
  });
});
