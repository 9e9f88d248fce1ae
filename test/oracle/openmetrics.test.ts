/** The same history as text: a real promtool makes blocks of it, and every sample is in them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { openMetricsOf } from "../../bench/oracle/openmetrics.ts";
import { HOUR, type Scenario, wholeScrapes } from "../../bench/oracle/scenario.ts";
import { simulate } from "../../bench/oracle/simulate.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";

const scenario: Scenario = {
  name: "half an hour",
  seed: 3,
  seconds: HOUR / 2,
  targets: 2,
  routes: 2,
  failingRoutes: 1,
  traffic: () => 2,
  failures: [{ metric: "errors_total", born: "when-first-bad", ratio: () => 0.01 }],
  scrapes: { ...wholeScrapes, missed: 0.05 },
  nans: [{ target: 1, second: 600 }],
};

const folder = mkdtempSync(join(tmpdir(), "firebreak-openmetrics-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describeWithEngine("promtool", "a history as OpenMetrics", () => {
  test("becomes blocks that hold every sample", async () => {
    const lines = [...openMetricsOf(simulate(scenario))];
    writeFileSync(join(folder, "history.om"), lines.join(""));
    const made = await runPromtool(["tsdb", "create-blocks-from", "openmetrics", "history.om", "data"], {
      cwd: folder,
    });
    expect(made.stderr).toBe("");
    // A database has a log of writes, which blocks alone lack.
    mkdirSync(join(folder, "data", "wal"));
    const dumped = await runPromtool(["tsdb", "dump", "data"], { cwd: folder });
    const found = dumped.stdout.trim().split("\n");
    expect(found).toHaveLength(lines.length - 1);
    expect(found.filter((line) => line.includes("NaN")).length).toBeGreaterThan(0);
  });
});
