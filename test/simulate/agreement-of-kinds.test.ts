/** Composites, objectives of single groups and exclusions: what the simulation says of them is what promtool evaluates. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { events, type SloDeclaration } from "../../src/index.ts";
import { combineOf } from "../../src/simulate/combine.ts";
import { componentRecord } from "../../src/simulate/composite.ts";
import { planForGroup } from "../../src/simulate/group-plan.ts";
import { historyOf, type Stretch, sumOf } from "../../src/simulate/history.ts";
import { recordedOf } from "../../src/simulate/recorded.ts";
import { compositeFirings, firingsOf } from "../../src/simulate/ruler.ts";
import { watchedOf } from "../../src/simulate/watched.ts";
import type { Composite } from "../../src/sli/kinds/composite.ts";
import { planOf } from "../diff/planned.ts";
import { describeWithEngine } from "../support/engines.ts";
import { objections, type Said } from "./promtool.ts";

// Crooked numbers: nothing is expected of what only rounding decides.
const tiers = [
  { name: "page-fast", severity: "page", long: "30m", short: "5m", burn: 14.437 },
  { name: "ticket-fast", severity: "ticket", long: "3h", short: "40m", burn: 2.017 },
] as const;

function counted(name: string): SloDeclaration {
  return {
    name,
    objective: 99,
    alerting: { tiers },
    sli: events({ total: `${name}_total`, bad: `${name}_bad_total` }),
  };
}

function planned(...slos: SloDeclaration[]) {
  return planOf({ name: "shop", owner: "web", runbooks: "https://runbooks.example.com", slos }, {});
}

function plansOf(plan: ReturnType<typeof planned>) {
  return plan.services.flatMap(({ slos }) => slos);
}

const share = fc.constantFrom(0, 0, 0.003, 0.02, 0.11, 0.43, 1);

/** Whole hours in all, so that histories of several SLOs end together. */
const history = fc.array(fc.record({ rate: fc.constantFrom(0, 1, 37, 200), from: share, to: share }), {
  minLength: 5,
  maxLength: 5,
});

function stretchesOf(
  some: readonly { readonly rate: number; readonly from: number; readonly to: number }[],
): Stretch[] {
  return some.map(({ rate, from, to }) => ({ seconds: 3600, rate, bad: [from, to] }));
}

describeWithEngine("promtool", "the simulation", () => {
  test.each(["worst", "weighted", "serial"] as const)("agrees on a composite of the %s", async (as) => {
    const of = as === "weighted" ? [{ slo: "shop/a", weight: 3 }, "shop/b"] : ["shop/a", "shop/b"];
    const whole: SloDeclaration = {
      name: "whole",
      objective: 99,
      alerting: { tiers },
      sli: { kind: "composite", as, of } as SloDeclaration["sli"],
    };
    const plan = planned(counted("a"), counted("b"), whole);
    const fired: number[] = [];
    await fc.assert(
      fc.asyncProperty(history, history, async (first, second) => {
        const said = ofComposite(plan, [stretchesOf(first), stretchesOf(second)]);
        fired.push(said.at(-1)?.firings.flat().length ?? 0);
        expect(await objections(plan, said)).toBe("");
      }),
      { numRuns: Number(process.env.FIREBREAK_RUNS ?? 2), endOnFailure: true },
    );
    expect(Math.max(...fired)).toBeGreaterThan(0);
  });

  test("agrees on a group that has an objective of its own", async () => {
    const own = { ...counted("a"), groupBy: ["model"], objectives: { small: 95 } };
    const plan = planned(own);
    const [slo] = plansOf(plan);
    const [objective] = slo?.slo.objectives ?? [];
    if (slo === undefined || objective === undefined) throw new Error("no group");
    const stretches = [
      calm(7200),
      { seconds: 7200, rate: 100, bad: [0.2, 0.2] } as const,
      { seconds: 1800, rate: 100, bad: [1, 1] } as const,
      calm(7200),
    ];
    const happened = historyOf(stretches, slo.slo.scrapeSeconds);
    const firings = (of: typeof slo) => firingsOf(watchedOf(of, of.slo.evaluationSeconds), recordedOf(happened, of));
    const ours = firings(planForGroup(slo, objective));
    expect(ours).not.toEqual(firings(slo));
    expect(await objections(plan, [{ slo, history: happened, firings: ours, labels: { model: "small" } }])).toBe("");
  });

  test.each([
    ["a date", { from: "1970-01-01T02:00:00Z", to: "1970-01-01T03:00:00Z" }],
    ["every week", { weekly: { on: "thursday", at: "02:00", for: "1h" } }],
    ["every month, in another zone", { monthly: { day: 1, at: "03:00", for: "1h", offset: "+01:00" } }],
  ] as const)("agrees on an outage that outlasts an exclusion of %s", async (_what, when) => {
    const plan = planned({ ...counted("a"), exclude: [{ reason: "maintenance", ...when }] } as SloDeclaration);
    const [slo] = plansOf(plan);
    if (slo === undefined) throw new Error("no SLO");
    const outage = { seconds: 4500, rate: 100, bad: [1, 1] } as const;
    const happened = historyOf([calm(7200), outage, calm(7200)], slo.slo.scrapeSeconds);
    const recorded = recordedOf(happened, slo, 0);
    const firings = firingsOf(watchedOf(slo, slo.slo.evaluationSeconds), recorded);
    const pages = firings[0] ?? [];
    expect(pages.map(({ from }) => from * slo.slo.evaluationSeconds >= 3 * 3600)).toEqual([true]);
    expect(await objections(plan, [{ slo, history: happened, firings }])).toBe("");
  });
});

function calm(seconds: number): Stretch {
  return { seconds, rate: 100, bad: [0, 0] };
}

/** What is said of both components and of what is made of them. */
function ofComposite(plan: ReturnType<typeof planned>, histories: readonly Stretch[][]): Said[] {
  const [first, second, whole] = plansOf(plan);
  if (!first || !second || !whole) throw new Error("no components");
  const components = [first, second];
  const said = components.map((slo, place): Said => {
    const happened = historyOf(histories[place] ?? [], slo.slo.scrapeSeconds);
    return {
      slo,
      history: happened,
      firings: firingsOf(watchedOf(slo, slo.slo.evaluationSeconds), recordedOf(happened, slo)),
    };
  });
  const parts = components.map((slo, place) => ({
    recorded: componentRecord(slo, histories[place] ?? []),
    past: undefined,
  }));
  const combine = combineOf(whole.slo.sli as Composite);
  const firings = compositeFirings(watchedOf(whole, whole.slo.evaluationSeconds), parts, combine);
  expect(new Set(histories.map(sumOf)).size).toBe(1);
  return [...said, { slo: whole, history: said[0]?.history as Said["history"], firings, isRead: false }];
}
