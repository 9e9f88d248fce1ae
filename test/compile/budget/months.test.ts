/** Budgets over known histories, on the real engine: what is counted, and what alerts when. */
import { expect, test, vi } from "vitest";
import { explainBudget } from "../../../src/compile/budget/explain.ts";
import type { BudgetDeclaration } from "../../../src/model/declaration.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { budgetPlan, expectRule, expectRun, type Run, type Samples } from "./months.ts";

// A day at 4m is hundreds of evaluations of every rule.
vi.setConfig({ testTimeout: 180_000 });

/** Both groups run at 4m, so that promtool, which knows one interval only, evaluates what really runs. */
const slowly = { scrapeInterval: "4m", evaluationInterval: "4m" } as const;
const dollars = (amount: number) => ({ amount, unit: "dollars" });
const up = { 'up{job="j",instance="i"}': "1x12000" };
const cost = (model: string): string => `cost_dollars_total{job="j",instance="i",model="${model}"}`;
const budget = { kind: "spend", name: "b", metric: "cost_dollars_total", per: "day", limit: dollars(500) } as const;

function firing(alertname: string): string {
  return `count by (alertname, scope, model) (ALERTS{alertstate="firing",alertname=~"${alertname}"})`;
}

/** 360 evaluations a day. The last reading of a day is counted an evaluation later. */
async function run(
  declared: Partial<BudgetDeclaration>,
  series: Run["series"],
  claims: Run["claims"],
  { start = "2026-02-27T00:00:00Z", platform = {} } = {},
): Promise<void> {
  const plan = budgetPlan([{ ...budget, ...declared } as BudgetDeclaration], { ...slowly, ...platform });
  expect(plan.services[0]?.budgets[0]?.measure.tileSeconds).toBe(240);
  await expectRun(plan, { start, every: "4m", series: { ...up, ...series }, claims });
}

const spent = (record: string, by = ""): string => `sum by (${by}) (budget:spend_dollars:${record})`;

describeWithEngine("promtool", "the period so far", () => {
  // $1 at each evaluation; the first reading is where counting begins.
  test("begins anew with its calendar, or rolls", async () => {
    const periods = [
      ["day", {}],
      ["month", {}],
      ["month", { name: "india", offset: "+05:30" }],
      ["1d", {}],
    ] as const;
    const budgets = periods.map(([per, change]) => ({ ...budget, name: `b-${per}`, per, ...change }));
    const so = (name: string, per: string): string => `sum by () (budget:spend_dollars:${per}{budget="${name}"})`;
    await expectRun(budgetPlan(budgets, slowly), {
      start: "2026-02-27T00:00:00Z",
      every: "4m",
      series: { ...up, [cost("a")]: "7+1x1500" },
      claims: [
        ["23h56m", so("b-day", "day"), { "{}": 358 }],
        ["24h4m", so("b-day", "day"), { "{}": 360 }],
        ["24h8m", so("b-day", "day"), { "{}": 1 }],
        ["48h4m", so("b-day", "day"), { "{}": 360 }],
        ["48h4m", so("b-month", "month"), { "{}": 720 }],
        ["48h8m", so("b-month", "month"), { "{}": 1 }],
        ["42h32m", so("india", "month"), { "{}": 637 }],
        ["42h36m", so("india", "month"), { "{}": 1 }],
        ["12h", so("b-1d", "1d"), { "{}": 179 }],
        ["48h", so("b-1d", "1d"), { "{}": 360 }],
      ],
    });
  });

  test("is carried on where Prometheus forgets its beginning, also for a model that has ended", () =>
    run(
      { per: "month", by: ["model"] },
      { [cost("a")]: "7+1x100 108x100 stale", [cost("b")]: "7+1x700 3+1x800" },
      [
        ["40h", spent("month", "model"), { '{model="a"}': 101, '{model="b"}': 599 }],
        ["48h4m", spent("month"), { "{}": 101 + 700 + 3 + 19 }],
        ["48h8m", spent("month"), { "{}": 1 }],
      ],
      { platform: { retention: "15d" } },
    ));

  test("counts a series from its birth and a restart from zero", () =>
    run({ per: "day", by: ["model"] }, { [cost("a")]: "7+1x100 0.5+1x1000", [cost("b")]: "_x50 0.42+0.1x900" }, [
      ["20h", `round(${spent("day", "model")}, 0.0001)`, { '{model="a"}': 298.5, '{model="b"}': 25.32 }],
    ]));
});

describeWithEngine("promtool", "thresholds", () => {
  const at = (scope: string, ...percents: number[]): Samples =>
    Object.fromEntries(percents.map((percent) => [`{alertname="BudgetSpent${percent}",scope="${scope}"}`, 1]));

  test("fire one after the other and resolve when the period begins anew", () =>
    run({ limit: dollars(300) }, { [cost("a")]: "7+1x1500" }, [
      ["9h56m", firing("BudgetSpent.*"), {}],
      ["10h8m", firing("BudgetSpent.*"), at("all", 50)],
      ["16h8m", firing("BudgetSpent.*"), at("all", 50, 80)],
      ["20h8m", firing("BudgetSpent.*"), at("all", 50, 80, 100)],
      ["24h4m", firing("BudgetSpent.*"), at("all", 50, 80, 100)],
      ["24h8m", firing("BudgetSpent.*"), {}],
    ]));

  test("hold for everything, for single values and for all others", () =>
    run(
      { by: ["model"], limit: dollars(1000), limits: { a: dollars(100) }, limitEach: dollars(500), thresholds: [1] },
      { [cost("a")]: "7+0.5x1500", [cost("b")]: "7+2x1500", [cost("c")]: "7+0.5x1500" },
      [
        ["14h", firing("BudgetSpent.*"), { '{alertname="BudgetSpent100",scope="each",model="a"}': 1 }],
        [
          "23h",
          firing("BudgetSpent.*"),
          {
            '{alertname="BudgetSpent100",scope="each",model="a"}': 1,
            '{alertname="BudgetSpent100",scope="each",model="b"}': 1,
            '{alertname="BudgetSpent100",scope="all"}': 1,
          },
        ],
      ],
    ));
});

describeWithEngine("promtool", "pace", () => {
  test("a burst burns and ends, and a forecast outlives it", () =>
    run({ limit: dollars(500) }, { [cost("a")]: "7+1x180 187+20x8 348+1x1200" }, [
      ["11h56m", firing("BudgetBurn.*"), {}],
      ["12h40m", firing("BudgetBurnFast"), { '{alertname="BudgetBurnFast",scope="all"}': 1 }],
      ["13h", firing("BudgetBurn.*"), {}],
      ["13h40m", firing("BudgetForecast"), { '{alertname="BudgetForecast",scope="all"}': 1 }],
      ["24h8m", firing("BudgetForecast"), {}],
    ]));

  test("what the limit allows is never too fast", () =>
    run({ limit: dollars(500) }, { [cost("a")]: "7+1.3x1500" }, [
      ["12h", firing("Budget(Burn|Forecast).*"), {}],
      ["30h", firing("Budget(Burn|Forecast).*"), {}],
    ]));

  // The rule alone, over hours as the others record them: three weeks of all rules take minutes.
  test.each([
    ["is twice the dearest of three weeks", ["10", "12", "11", "40"], true],
    ["was as dear in one of them", ["10", "45", "11", "40"], false],
    ["is dearer by less than the limit allows for an hour", ["10", "12", "11", "25"], false],
    ["has a single week to compare with", ["_", "_", "11", "40"], false],
    ["has two weeks to compare with", ["_", "12", "11", "40"], true],
  ] as const)("an hour that %s", async (_, weeks, told) => {
    const plan = budgetPlan([{ ...budget, limit: dollars(500) }], slowly);
    const hours = weeks.map((value, week) => `${value}x${week === weeks.length - 1 ? 20 : 2519}`).join(" ");
    await expectRule(plan, "BudgetAnomaly", {
      start: "2026-02-01T00:00:00Z",
      every: "4m",
      series: {
        'budget:spend_dollars:last1h{slo_service="svc",budget="b",scope="all"}': hours,
        'budget:limit_dollars{slo_service="svc",budget="b",scope="all"}': "500x8000",
      },
      claims: [["505h", firing("BudgetAnomaly"), told ? { '{alertname="BudgetAnomaly",scope="all"}': 1 } : {}]],
    });
  });
});

describeWithEngine("promtool", "prices", () => {
  const tokens = (type: string): string => `tokens_total{job="j",instance="i",model="gpt-4",type="${type}"}`;
  const prices: NonNullable<BudgetDeclaration["prices"]> = {
    tokens: "tokens_total",
    model: "model",
    type: "type",
    per: "1k",
    models: { "gpt-4": { input: dollars(0.03), output: dollars(0.06), cached: dollars(0.01) } },
    within: { cached: "input" },
  };
  const priced = { metric: undefined, prices } as unknown as Partial<BudgetDeclaration>;

  test("tokens are paid by type, and what is part of another type once", () =>
    run(
      priced,
      {
        [tokens("input")]: "0+1000x500",
        [tokens("cached")]: "0+400x500",
        [tokens("output")]: "0+100x500",
        [tokens("total")]: "0+1100x500",
      },
      // 600 at 0.03, 400 at 0.01 and 100 at 0.06 a thousand: 2.8 cents at each of 149 evaluations.
      [["10h", `round(${spent("day")}, 0.0001)`, { "{}": 4.172 }]],
    ));

  test("a model without a price is told", () =>
    run(
      priced,
      { [tokens("input")]: "0+1000x500", 'tokens_total{job="j",instance="i",model="new",type="input"}': "0+10x500" },
      [
        [
          "10h",
          'count by (reason, model) (ALERTS{alertstate="firing",alertname="BudgetBroken"})',
          { '{model="new",reason="unpriced-model"}': 1 },
        ],
      ],
    ));
});

describeWithEngine("promtool", "the count itself", () => {
  const requests = 'requests_total{job="j",instance="i"}';
  const reasons = 'count by (reason) (ALERTS{alertstate="firing",alertname="BudgetBroken"})';

  test("cost that stands still while requests flow is told, an idle service is not", () =>
    run({ requests: "requests_total" }, { [cost("a")]: "7+1x100 107x500", [requests]: "0+100x300 30000x300" }, [
      ["6h", reasons, {}],
      ["10h", reasons, { '{reason="cost-not-counted"}': 1 }],
      ["23h", reasons, {}],
    ]));

  test("a metric that nobody exports is told", () =>
    run({}, {}, [["30h", reasons, { '{reason="never-any-data"}': 1 }]]));

  test("a request has its cost, and a limit for it", () =>
    run(
      { requests: "requests_total", unitCost: { perRequest: dollars(0.05) } },
      { [cost("a")]: "7+1x100 107+20x100", [requests]: "0+100x300" },
      [
        [
          "6h",
          "budget:unit_cost_dollars",
          { 'budget:unit_cost_dollars{slo_service="svc",budget="b",unit="request"}': 0.01 },
        ],
        ["6h", firing("BudgetUnitCost"), {}],
        ["9h", firing("BudgetUnitCost"), { '{alertname="BudgetUnitCost"}': 1 }],
      ],
    ));
});

describeWithEngine("promtool", "what an active user costs", () => {
  const tier = (name: string) => `cost_dollars_total{job="j",instance="i",user_tier="${name}"}`;
  const users = (name: string, instance: string) =>
    `ai_active_users{job="j",instance="${instance}",user_tier="${name}"}`;
  const each = 'budget:per_user_dollars{slo_service="svc",budget="b",scope="each",user_tier=';
  const all = 'budget:per_user_dollars{slo_service="svc",budget="b",scope="all"}';

  // $2 and $1 at each evaluation, of which 14 have been counted after an hour. Two replicas know of users.
  test("is what was spent in the period over its users, by tier and in all", () =>
    run(
      { by: ["user_tier"], activeUsers: "ai_active_users" },
      {
        [tier("free")]: "0+2x400",
        [tier("pro")]: "0+1x400",
        [users("free", "i")]: "3x400",
        [users("free", "j")]: "4x400",
        [users("pro", "i")]: "0x20 2x380",
      },
      [
        ["1h", "budget:per_user_dollars", { [`${each}"free"}`]: 4, [all]: 6 }],
        ["2h", "budget:per_user_dollars", { [`${each}"free"}`]: 58 / 7, [`${each}"pro"}`]: 14.5, [all]: 87 / 9 }],
        ["24h8m", "budget:per_user_dollars", { [`${each}"free"}`]: 2 / 7, [`${each}"pro"}`]: 0.5, [all]: 3 / 9 }],
      ],
    ));

  test("is known in all where the gauge does not tell the values of `by` apart, or is an expression", () =>
    run(
      { by: ["user_tier"], activeUsers: { promql: "max(active_people)" } },
      {
        [tier("free")]: "0+2x30",
        'active_people{job="j",instance="i"}': "7x30",
        'active_people{job="j",instance="j"}': "7x30",
      },
      [["1h", "budget:per_user_dollars", { [all]: 4 }]],
    ));

  test("is explained, and what it rests on", () => {
    const plan = budgetPlan([{ ...budget, activeUsers: "ai_active_users" }]);
    const [compiled] = plan.services[0]?.budgets ?? [];
    const sections = compiled ? explainBudget(plan, compiled).sections : [];
    const rows = sections.flatMap((section) => section.rows).filter(([name]) => name === "per user");
    expect(rows.map(([, words]) => words)).toEqual([
      "what was spent in the period over its active users, `ai_active_users`",
      expect.stringContaining("is a mean, and as right as its gauge"),
    ]);
  });
});
