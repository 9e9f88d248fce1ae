/** The generated tests of SLOs with exclusions pass in promtool, those that fall into the tests' own time too. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { render } from "../../src/emit/artifact.ts";
import { proofs } from "../../src/emit/proofs.ts";
import { events } from "../../src/model/construct.ts";
import type { ExclusionDeclaration } from "../../src/model/declaration.ts";
import { planOf, rulesIn } from "../sli/history.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";

const sli = events({ total: "requests_total", bad: "errors_total" });
const reason = "maintenance";

const declarations: readonly [title: string, exclude: readonly ExclusionDeclaration[]][] = [
  [
    "a Sunday, a month's end and a fixed day, far from the tests' histories",
    [
      { reason, weekly: { on: "sunday", at: "02:00", for: "2h" } },
      { reason, monthly: { day: "last", at: "22:00", for: "3h", offset: "+01:00" } },
      { reason, from: "2026-12-24T00:00:00Z", to: "2026-12-26T12:00:00+01:00" },
    ],
  ],
  [
    "an hour in the middle of every history",
    // The day from which tests count was a Thursday.
    [{ reason, weekly: { on: ["thursday", "friday", "saturday"], at: "03:10", for: "20m" } }],
  ],
];

describeWithEngine("promtool", "the generated tests", () => {
  test.each(declarations)("prove %s", async (_title, exclude) => {
    const plan = planOf({ sli, exclude });
    const dir = rulesIn(plan);
    const files = proofs.emit(plan, {});
    expect(files.map(({ path }) => path)).toContain("prometheus/svc.exclusions.tests.yaml");
    for (const file of files) writeFileSync(join(dir, file.path), render(file));
    for (const { path } of files) {
      const answer = await runPromtool(["test", "rules", join(dir, path)]);
      expect(answer.status, `${path}\n${answer.stdout}\n${answer.stderr}`).toBe(0);
    }
  });
});
