/** SLOs that are proven side by side do not disturb each other. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { render } from "../../src/emit/artifact.ts";
import { proofs } from "../../src/emit/proofs.ts";
import { proveShortTogether } from "../../src/prove/pack.ts";
import { planOfAll, rulesIn } from "../sli/history.ts";
import { describeWithEngine, runPromtool } from "../support/engines.ts";

const plan = planOfAll([
  { name: "availability", objective: 99, window: "3d", sli: { kind: "probe", metric: 'up{job="api"}' } },
  {
    name: "errors",
    objective: 99,
    window: "3d",
    sli: { kind: "events", total: 'a_total{job="api"}', bad: 'b_total{job="api"}' },
  },
  {
    name: "latency",
    objective: 99,
    window: "3d",
    sli: { kind: "latency", histogram: 'c_seconds{job="api"}', threshold: "1s" },
  },
]);

test("an SLI on `up` has a run of its own: it would take the targets of the others for its own", () => {
  const fromTargets = proveShortTogether(plan.services[0]?.slos ?? []).filter(({ input }) =>
    input.some(({ series }) => series.startsWith("up{")),
  );
  const names = fromTargets.map(({ name }) => name);
  expect(names.some((name) => name.includes("errors:") && name.includes("latency:"))).toBe(true);
  expect(names.filter((name) => name.includes("availability:") && /errors:|latency:/.test(name))).toEqual([]);
});

describeWithEngine("promtool", "promtool", () => {
  test("finds the proofs of all of them true", { timeout: 120_000 }, async () => {
    const dir = rulesIn(plan);
    for (const file of proofs.emit(plan, {})) writeFileSync(join(dir, file.path), render(file));
    const answer = await runPromtool(["test", "rules", "svc.tests.yaml"], { cwd: join(dir, "prometheus") });
    expect([answer.stderr, answer.status]).toEqual(["", 0]);
  });
});
