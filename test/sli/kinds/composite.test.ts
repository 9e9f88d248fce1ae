/** Composites of SLOs in several services, from raw series on: known histories on the real rules. */
import { describe, expect, test } from "vitest";
import { compile } from "../../../src/compile/compile.ts";
import type { Plan } from "../../../src/compile/plan.ts";
import type { CompositeDeclaration, SloDeclaration } from "../../../src/declare/declaration.ts";
import { pagesWithinSeconds } from "../../../src/explain/delays.ts";
import { events, gauge } from "../../../src/index.ts";
import { parse } from "../../../src/parse/parse.ts";
import { print } from "../../../src/promql/print.ts";
import { allSelectors } from "../../../src/promql/shape/all-selectors.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { expectHistories } from "../history.ts";

const a: SloDeclaration = { name: "a", objective: 99, sli: events({ total: "a_total", bad: "a_errors_total" }) };
const b: SloDeclaration = { name: "b", objective: 99, sli: events({ total: "b_total", bad: "b_errors_total" }) };

function planFor(
  sli: CompositeDeclaration,
  change: Partial<SloDeclaration> = {},
  second: Partial<SloDeclaration> = {},
  first: Partial<SloDeclaration> = {},
): Plan {
  const service = (name: string, slos: readonly SloDeclaration[]) => ({
    name,
    owner: "team",
    runbooks: "https://runbooks.example.com",
    slos,
  });
  const journey: SloDeclaration = { name: "j", objective: 99.9, sli, ...change };
  const parsed = parse({
    services: [service("one", [{ ...a, ...first }]), service("two", [{ ...b, ...second }]), service("zoo", [journey])],
  });
  expect(parsed.issues.filter(({ level }) => level === "error")).toEqual([]);
  return compile(parsed.services, parsed.platform).plan;
}

/** The same events as `b`, counted by the good ones. */
const goodOfB = events({ total: "b_total", good: "b_good_total" });

const ID = '{slo_service="zoo",slo="j"}';

/** a: always 2 % bad. b: 25 quiet minutes without errors, 25 busy ones with 10 %, and then no traffic: 7.5 % by its events. */
const series = {
  'up{job="x",instance="x"}': "1x240",
  'a_total{job="x",instance="x"}': "0+500x240",
  'a_errors_total{job="x",instance="x"}': "0+10x240",
  'b_total{job="x",instance="x"}': "0+100x50 5300+300x49 20000x120",
  'b_errors_total{job="x",instance="x"}': "0x50 30+30x49 1500x120",
};

test("a composite reads the ratios and weights of its own components, whatever others there are", () => {
  const sli: CompositeDeclaration = { kind: "composite", of: ["one/a", { slo: "two/b", weight: 2 }], as: "weighted" };
  const plan = planFor(sli);
  const [journey] = plan.services.flatMap(({ slos }) => slos).filter(({ slo }) => slo.name === "j");
  const rules = journey?.groups.flatMap((group) => group.rules) ?? [];
  const read = rules
    .flatMap(({ expr }) => allSelectors(print(expr)) ?? [])
    .filter(({ metric }) => metric?.startsWith("slo:comp"));
  expect(read.length).toBeGreaterThan(5);
  for (const { matchers } of read) expect(matchers).toContainEqual({ label: "slo", op: "=", value: "j" });
});

describeWithEngine("promtool", "composites on the real engine", () => {
  test.each([
    ["worst", ["one/a", "two/b"], 0.075],
    ["serial", ["one/a", "two/b"], 1 - 0.98 * 0.925],
    ["weighted", ["one/a", { slo: "two/b", weight: 2 }], (0.02 + 2 * 0.075) / 3],
  ] as const)(
    "%s, by the events of each component, and without one that has no traffic",
    async (as, of, expected) => {
      const plan = planFor({ kind: "composite", of, as } as CompositeDeclaration);
      await expectHistories(plan, [
        {
          series,
          expectations: [
            ["55m", `round(slo:error_ratio:rate1h${ID}, 1e-9)`, { [ID]: Number(expected.toFixed(9)) }],
            [
              "55m",
              firing("tier, slo_service, slo", "page-fast"),
              { '{tier="page-fast",slo_service="zoo",slo="j"}': 1 },
            ],
            [
              "1h55m",
              `round(slo:error_budget_remaining_ratio${ID}, 1e-6)`,
              // Of 360 looks at the month, the rules were seen in the first.
              { [ID]: Number((1 - expected / 0.001 / 360).toFixed(6)) },
            ],
            ["1h55m", `round(slo:error_ratio:rate1h${ID}, 1e-9)`, { [ID]: 0.02 }],
          ],
        },
      ]);
    },
    300_000,
  );
});

describe("a composite of slower components", () => {
  const queue = gauge({ metric: "queue_depth", op: "<=", threshold: 10, slice: "30m" });
  const of = ["one/a", "two/b"] as const;
  const journey = (as: "worst" | "weighted", second: Partial<SloDeclaration>, first: Partial<SloDeclaration> = {}) => {
    const plan = planFor({ kind: "composite", of, as }, {}, second, first);
    const found = plan.services.flatMap(({ slos }) => slos).find(({ slo }) => slo.name === "j");
    if (!found) throw new Error("the plan has no composite");
    return { shortest: found.tiers[0]?.shortSeconds, pages: pagesWithinSeconds(plan, found) ?? 0 };
  };

  test("has windows of a slice, or of four scrapes, at least", () => {
    expect(journey("worst", { sli: queue }).shortest).toBe(1800);
    expect(journey("worst", { scrapeInterval: "2m" }).shortest).toBe(480);
    expect(journey("worst", {}).shortest).toBe(300);
  });

  test("promises its page when they can show the failure", () => {
    expect(journey("worst", { sli: queue }).pages).toBeLessThan(600);
    expect(journey("weighted", { sli: queue }).pages).toBeGreaterThan(journey("weighted", {}).pages + 50);
    expect(journey("weighted", { sli: queue }, { sli: queue }).pages).toBeGreaterThan(1800);
    expect(journey("worst", { sli: queue }, { sli: queue }).pages).toBeGreaterThan(1800);
    const lists = events({ total: ["b_total", "c_total"], bad: "b_errors_total" });
    expect(journey("worst", { sli: lists }).pages - journey("worst", {}).pages).toBe(30);
  });
});

describeWithEngine("promtool", "components on the real engine", () => {
  test("one without any errors keeps its weight", async () => {
    const of = ["one/a", { slo: "two/b", weight: 3 }] as const;
    await expectHistories(planFor({ kind: "composite", of: [...of], as: "weighted" }), [
      {
        series: { ...series, 'b_errors_total{job="x",instance="x"}': "0x240" },
        expectations: [["55m", `round(slo:error_ratio:rate1h${ID}, 1e-9)`, { [ID]: 0.02 / 4 }]],
      },
    ]);
  });

  test("one that counts good events counts as the one that counts bad ones", async () => {
    const plan = planFor({ kind: "composite", of: ["one/a", "two/b"], as: "worst" }, {}, { sli: goodOfB });
    const { 'b_errors_total{job="x",instance="x"}': _errors, ...rest } = series;
    await expectHistories(plan, [
      {
        series: { ...rest, 'b_good_total{job="x",instance="x"}': "0+100x50 5270+270x49 18500x120" },
        expectations: [["55m", `round(slo:error_ratio:rate1h${ID}, 1e-9)`, { [ID]: 0.075 }]],
      },
    ]);
  });

  test("one that has no series at all is reported after an hour, and an idle one is not", async () => {
    const plan = planFor({ kind: "composite", of: ["one/a", "two/b"], as: "worst" });
    const broken = `count by (reason) (ALERTS{alertstate="firing",alertname="SloBroken",slo="j"})`;
    const of = (b: Record<string, string>) => ({ 'a_total{job="x",instance="x"}': "0+100x150", ...b });
    await expectHistories(plan, [
      {
        series: of({}),
        expectations: [
          ["55m", broken, {}],
          ["1h10m", broken, { '{reason="component-missing"}': 1 }],
        ],
      },
      { series: of({ 'b_total{job="x",instance="x"}': "7x150" }), expectations: [["1h10m", broken, {}]] },
    ]);
  });

  test("one of long slices pages once, not again with every slice", async () => {
    const queue = gauge({ metric: "queue_depth", op: "<=", threshold: 10, slice: "10m" });
    const plan = planFor({ kind: "composite", of: ["one/a", "two/b"], as: "worst" }, { window: "7d" }, { sli: queue });
    const paging = `max(ALERTS{alertstate="firing",alertname="SloBurnPageFast",slo="j"})`;
    await expectHistories(plan, [
      {
        series: { 'a_total{job="x",instance="x"}': "0+100x360", 'queue_depth{job="x",instance="x"}': "1x120 99x240" },
        expectations: [["3h", `sum(count_over_time(${paging}[90m:30s]))`, { "{}": 180 }]],
      },
    ]);
  });

  test("groups burn apart, and what else tells a component's groups apart is added up", async () => {
    const plan = planFor(
      { kind: "composite", of: ["one/a", { slo: "two/b", weight: 3 }], as: "weighted" },
      { groupBy: ["model"] },
      { groupBy: ["model", "zone"], sli: events({ total: "b_total", bad: "b_errors_total" }) },
      { groupBy: ["model"] },
    );
    const of = (metric: string, model: string, zone?: string): string =>
      `${metric}{job="x",instance="x",model="${model}"${zone === undefined ? "" : `,zone="${zone}"`}}`;
    await expectHistories(plan, [
      {
        series: {
          [of("a_total", "m")]: "0+100x130",
          [of("a_errors_total", "m")]: "0+4x130",
          [of("a_total", "n")]: "0+100x130",
          [of("a_errors_total", "n")]: "0+20x130",
          [of("b_total", "m", "1")]: "0+100x130",
          [of("b_total", "m", "2")]: "0+300x130",
          [of("b_errors_total", "m", "2")]: "0+40x130",
        },
        expectations: [
          [
            "1h",
            `round(sum by (model) (slo:error_ratio:rate30m${ID}), 1e-9)`,
            { '{model="m"}': (0.04 + 3 * 0.1) / 4, '{model="n"}': 0.2 },
          ],
          [
            "1h",
            `count by (model) (ALERTS{alertname="SloBurnPageFast",slo="j"})`,
            { '{model="m"}': 1, '{model="n"}': 1 },
          ],
        ],
      },
    ]);
  });
});

function firing(by: string, tier: string): string {
  return `count by (${by}) (ALERTS{alertstate="firing", slo="j", tier="${tier}"})`;
}
