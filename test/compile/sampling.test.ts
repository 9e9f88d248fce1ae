/** The sampling error that explain and runbooks state. */
import { expect, test } from "vitest";
import { explain } from "../../src/compile/explain.ts";
import type { Plan } from "../../src/compile/plan.ts";
import { samplingErrors, standardError } from "../../src/compile/sampling.ts";
import { runbookOf } from "../../src/emit/runbooks/runbook.ts";
import type { SloDeclaration } from "../../src/model/declaration.ts";
import { planOf } from "../sli/history.ts";

const events = { kind: "events", total: "evals_total", good: 'evals_total{label="pass"}' } as const;
const weekly = { window: "7d", objective: 95, eventsPerDay: 200 } as const;

function planned(slo: Partial<SloDeclaration>): Plan {
  return planOf({ sli: events, ...slo });
}

function only(plan: Plan) {
  const [service] = plan.services;
  const [slo] = service?.slos ?? [];
  if (!service || !slo) throw new Error("the plan has no SLO");
  return { service, slo };
}

test("it is the spread of repeated samples", () => {
  // 2000 samples of 400 events with p = 0.9, from a fixed sequence.
  const shares = Array.from({ length: 2000 }, (_, sample) => {
    const good = Array.from({ length: 400 }, (_each, event) => (pseudoRandom(sample * 400 + event) < 0.9 ? 1 : 0));
    return good.reduce<number>((sum, one) => sum + one, 0) / 400;
  });
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  const variance = shares.reduce((sum, share) => sum + (share - mean) ** 2, 0) / shares.length;
  expect(standardError(0.9, 400)).toBeCloseTo(0.015, 10);
  expect(Math.sqrt(variance) / standardError(0.9, 400)).toBeCloseTo(1, 1);
});

test("every window that decides has one, at the declared volume", () => {
  const { slo } = only(planned(weekly));
  const [window, ...shorter] = samplingErrors(slo);
  expect(window).toMatchObject({ windowSeconds: 7 * 86_400, events: 1400 });
  expect(window?.error).toBeCloseTo(0.005825, 6);
  expect(shorter.map(({ windowSeconds }) => windowSeconds)).toEqual(
    [...new Set(slo.tiers.map((tier) => tier.longSeconds))].sort((a, b) => b - a),
  );
});

test("explain and the runbook say it", () => {
  const plan = planned(weekly);
  const { service, slo } = only(plan);
  const rows = explain(plan, slo).sections.flatMap((section) => section.rows);
  expect(rows).toContainEqual(["sampling error", "±0.58 percentage points over 7d (1400 events)"]);
  expect(runbookOf(plan, service, slo).samplingErrors[0]).toBe("±0.58 percentage points over 7d (1400 events)");
});

test.each<[string, Partial<SloDeclaration>]>([
  ["no declared volume", { window: "7d", objective: 95 }],
  ["time slices", { ...weekly, sli: { kind: "gauge", metric: "psi", op: "<=", threshold: 0.25 } }],
])("%s has none", (_name, slo) => {
  expect(samplingErrors(only(planned(slo)).slo)).toEqual([]);
});

/** A number from 0 to 1 that looks random and is always the same (splitmix32). */
function pseudoRandom(seed: number): number {
  let mixed = (seed + 1) * 0x9e3779b9;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32;
}
