/** What an hour that is dearer than in past weeks says: promtool fills it in, over three weeks of recorded pace. */
import { expect, test } from "vitest";
import { parse } from "yaml";
import { render } from "../../../src/emit/artifact.ts";
import { prometheus } from "../../../src/emit/prometheus.ts";
import { describeWithEngine, runPromtool } from "../../support/engines.ts";
import { makeWorkspace, writeFiles } from "../../support/live-build.ts";
import { budgetPlan } from "./months.ts";

const dollars = (amount: number) => ({ amount, unit: "dollars" });
const plan = budgetPlan([
  {
    kind: "spend",
    name: "daily",
    metric: "cost_dollars_total",
    per: "day",
    by: ["model"],
    limit: dollars(2400),
    limits: { a: dollars(240) },
    anomaly: { atLeast: dollars(5) },
  },
]);

interface RuleFile {
  readonly groups: readonly { readonly rules: readonly { readonly alert?: string }[] }[];
}

/** The alert alone: what it reads is given. */
function anomalyRule(): object | undefined {
  const [file] = prometheus.emit(plan, {});
  const { groups } = parse(file === undefined ? "" : render(file)) as RuleFile;
  return groups.flatMap(({ rules }) => rules).find(({ alert }) => alert === "BudgetAnomaly");
}

const WEEKS = 3 * 7 * 24;

describeWithEngine("promtool", "an hour that is far dearer than in past weeks", () => {
  test("says what it cost, how that compares, and what is spent so far", async () => {
    const { dir, remove } = makeWorkspace("anomaly");
    const own = 'slo_service="svc",budget="daily"';
    // $10 an hour are the limit's own pace; of $48 that is 4.8 times, and 3.2 times of 1.5.
    const series = {
      [`budget:burn_rate:1h{${own},model="a"}`]: `1.5x${12 * WEEKS} 4.8x24`,
      [`budget:used_ratio{${own},model="a"}`]: `0.5x${12 * WEEKS + 24}`,
      [`budget:limit_dollars{${own},model="a"}`]: `240x${12 * WEEKS + 24}`,
      [`budget:day_start_seconds{${own}}`]: `${WEEKS * 3600}x${12 * WEEKS + 24}`,
    };
    const run = {
      interval: "5m",
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      alert_rule_test: [{ eval_time: `${WEEKS + 1}h`, alertname: "BudgetAnomaly", exp_alerts: [] }],
    };
    writeFiles(dir, {
      "rules.json": JSON.stringify({ groups: [{ name: "g", rules: [anomalyRule()] }] }),
      "tests.json": JSON.stringify({ rule_files: ["rules.json"], evaluation_interval: "5m", tests: [run] }),
    });
    // Nothing is expected, so that everything is printed.
    const { stdout, stderr } = await runPromtool(["test", "rules", "tests.json"], { cwd: dir });
    remove();
    const said = `${stdout}${stderr}`;
    expect(said).toContain('summary="svc/daily a: $48.00 in an hour, 3.2× last week\'s"');
    expect(said).toContain("So far $120 of $240 today. Resets in 23h 0m 0s.");
  });
});
