/** Groups with objectives of their own: every group alerts at its own threshold, shown in promtool by the generated tests. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { render } from "../../src/emit/artifact.ts";
import { proofs } from "../../src/emit/proofs.ts";
import { events } from "../../src/model/construct.ts";
import type { SloDeclaration } from "../../src/model/declaration.ts";
import { expectHistories, planOf, rulesIn } from "../sli/history.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";

const sli = events({ total: "requests_total", bad: "errors_total" });

const declarations: readonly [title: string, slo: Partial<SloDeclaration>][] = [
  [
    "a stricter and a laxer group",
    { sli, objective: 99, groupBy: ["model"], objectives: { "gpt-4": 99.9, batch: 95 } },
  ],
  ["a group whose budget puts a threshold out of reach", { sli, groupBy: ["model"], objectives: { batch: 90 } }],
  [
    "groups by two labels, of which one is matched",
    { sli, groupBy: ["model", "plan"], objectives: [{ match: { plan: "gold" }, objective: 99.99 }] },
  ],
];

describeWithEngine("promtool", "the generated tests", () => {
  test.each(declarations)("prove %s", async (_title, slo) => {
    const plan = planOf(slo);
    const dir = rulesIn(plan);
    const files = proofs.emit(plan, {});
    for (const file of files) writeFileSync(join(dir, file.path), render(file));
    for (const { path } of files) {
      const answer = await runPromtool(["test", "rules", join(dir, path)]);
      expect(answer.status, `${path}\n${answer.stdout}\n${answer.stderr}`).toBe(0);
    }
    expect(
      files.flatMap(({ value }) => (value as { tests: { name: string }[] }).tests).map(({ name }) => name),
    ).toEqual(expect.arrayContaining([expect.stringContaining("only the stricter objective alerts")]));
  });

  test("record every group's budget, and what is left of it", async () => {
    const plan = planOf({ sli, objective: 99, groupBy: ["model"], objectives: { "gpt-4": 99.9 } });
    const at = "2h";
    await expectHistories(plan, [
      {
        series: {
          'up{job="a", instance="a"}': "1x240",
          'requests_total{job="a", instance="a", model="gpt-4"}': "0+1000x240",
          'errors_total{job="a", instance="a", model="gpt-4"}': "0+1x240",
          'requests_total{job="a", instance="a", model="llama"}': "0+1000x240",
          'errors_total{job="a", instance="a", model="llama"}': "0+1x240",
        },
        claims: [
          [at, "sum by (model) (slo:error_budget_ratio)", { '{model="gpt-4"}': 0.001, '{model="llama"}': 0.01 }],
          [
            at,
            'sum by (model) (slo:objective_ratio{model!=""})',
            { '{model="gpt-4"}': 0.999, '{model="llama"}': 0.99 },
          ],
        ],
      },
    ]);
  });
});
