/** Thresholds that know the traffic: their generated tests pass in promtool, and a quiet night is no incident. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { render } from "../../src/emit/artifact.ts";
import { proofs } from "../../src/emit/proofs.ts";
import { events } from "../../src/model/construct.ts";
import { expectHistories, planOf, rulesIn } from "../sli/history.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";

const sli = events({ total: "requests_total", bad: "errors_total" });

/** Two busy hours, a quiet one and a bit, ten minutes in which everything fails, and quiet again. */
const night = {
  'up{job="a", instance="a"}': "1x440",
  'requests_total{job="a", instance="a"}': "0+1000x240 240010+10x199",
  'errors_total{job="a", instance="a"}': "0x380 10+10x19 200x40",
};

describeWithEngine("promtool", "a threshold that knows the traffic", () => {
  test("is proven from raw series and from the recorded base", async () => {
    const plan = planOf({ sli, alerting: { threshold: "traffic" } });
    const dir = rulesIn(plan);
    const files = proofs.emit(plan, {});
    for (const file of files) writeFileSync(join(dir, file.path), render(file));
    for (const { path } of files) {
      const answer = await runPromtool(["test", "rules", join(dir, path)]);
      expect(answer.status, `${path}\n${answer.stdout}\n${answer.stderr}`).toBe(0);
    }
  }, 300_000);

  test("does not take a night's failures for a part of the budget that they are not", async () => {
    const paged = 'count(count_over_time(ALERTS{alertstate="firing", tier="page-fast"}[4h]))';
    await expectHistories(planOf({ sli }), [{ series: night, claims: [["3h39m", paged, { "{}": 1 }]] }]);
    await expectHistories(planOf({ sli, alerting: { threshold: "traffic" } }), [
      { series: night, claims: [["3h39m", paged, {}]] },
    ]);
  }, 300_000);
});
