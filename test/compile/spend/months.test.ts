/** Limits, prices, unit costs and the count itself over known histories, on the real engine. */
import { expect, test } from "vitest";
import type { BudgetDeclaration } from "../../../src/declare/declaration.ts";
import { explainSpend } from "../../../src/explain/spend.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { budgetPlan, expectRule, expectRun, type Run, type Samples } from "./months.ts";

/** Both groups run at 4m, so that promtool, which knows one interval only, evaluates what really runs. */
const slowly = { scrapeInterval: "4m", evaluationInterval: "4m" } as const;
const dollars = (amount: number) => ({ amount, unit: "dollars" });
const up = { 'up{job="j",instance="i"}': "1x12000" };
const cost = (model: string): string => `cost_dollars_total{job="j",instance="i",model="${model}"}`;
const budget = { kind: "spend", name: "b", metric: "cost_dollars_total", per: "day", limit: dollars(500) } as const;
const ID = 'slo_service="svc",budget="b"';

function firing(alertname: string): string {
  return `count by (alertname, model, team) (ALERTS{alertstate="firing",alertname=~"${alertname}"})`;
}

/** 360 evaluations a day, from midnight on. What is read at the end of one is in the sum three later. */
async function run(
  declared: Partial<BudgetDeclaration>,
  series: Run["series"],
  expectations: Run["expectations"],
  { start = "2026-02-27T00:00:00Z", platform = {} } = {},
): Promise<void> {
  const plan = budgetPlan([{ ...budget, ...declared } as BudgetDeclaration], { ...slowly, ...platform });
  expect(plan.services[0]?.budgets[0]?.measurement.tileSeconds).toBe(240);
  await expectRun(plan, { start, every: "4m", series: { ...up, ...series }, expectations });
}

const spent = (record: string, by = ""): string => `sum by (${by}) (budget:spend_dollars:${record})`;

describeWithEngine("promtool", "limits", () => {
  const at = (model: string | undefined, ...percents: number[]): Samples =>
    Object.fromEntries(
      percents.map((percent) => [`{alertname="BudgetSpent${percent}"${model ? `,model="${model}"` : ""}}`, 1]),
    );

  test("alert at one share after the other and resolve when the period begins anew", () =>
    run({ limit: dollars(300) }, { [cost("a")]: "7+1x700" }, [
      ["10h8m", firing("BudgetSpent.*"), {}],
      ["10h16m", firing("BudgetSpent.*"), at(undefined, 50)],
      ["16h16m", firing("BudgetSpent.*"), at(undefined, 50, 80)],
      ["16h40m", firing("BudgetSpent.*"), at(undefined, 80)],
      ["20h16m", firing("BudgetSpent.*"), at(undefined, 80, 100)],
      ["24h", firing("BudgetSpent.*"), at(undefined, 100)],
      ["24h24m", firing("BudgetSpent.*"), {}],
    ]));

  test("hold for everything, for single values and for all others; unlabelled spend is in the total alone", () =>
    run(
      { by: ["model"], limit: dollars(1000), limits: { a: dollars(100) }, limitEach: dollars(500), thresholds: [1] },
      {
        [cost("a")]: "7+0.5x350",
        [cost("b")]: "7+2x350",
        [cost("c")]: "7+0.5x350",
        'cost_dollars_total{job="j",instance="i"}': "7+2x350",
      },
      [
        [
          "12h",
          "budget:limit_dollars",
          {
            [`budget:limit_dollars{${ID}}`]: 1000,
            [`budget:limit_dollars{${ID},model="a"}`]: 100,
            [`budget:limit_dollars{${ID},model="b"}`]: 500,
            [`budget:limit_dollars{${ID},model="c"}`]: 500,
          },
        ],
        ["13h", firing("BudgetSpent.*"), {}],
        ["14h", firing("BudgetSpent.*"), { ...at("a", 100), ...at(undefined, 100) }],
        ["18h", firing("BudgetSpent.*"), { ...at("a", 100), ...at("b", 100), ...at(undefined, 100) }],
      ],
    ));

  test("of each pair of values, in every cluster", () =>
    run(
      {
        by: ["model", "team"],
        limit: undefined,
        limitEach: dollars(100),
        thresholds: [1],
      } as unknown as Partial<BudgetDeclaration>,
      {
        'up{job="j",instance="i",cluster="eu"}': "1x300",
        'cost_dollars_total{job="j",instance="i",cluster="eu",model="a",team="x"}': "7+1x300",
        'cost_dollars_total{job="j",instance="i",cluster="eu",model="a",team="y"}': "7+0.25x300",
        'cost_dollars_total{job="j",instance="i",cluster="us",model="a",team="x"}': "7+0.25x300",
      },
      [["10h", firing("BudgetSpent.*"), { '{alertname="BudgetSpent100",model="a",team="x"}': 1 }]],
      { platform: { identity: ["cluster"] } },
    ));
});

describeWithEngine("promtool", "pace", () => {
  test("a burst burns and ends, and a forecast outlives it", () =>
    run({ limit: dollars(500) }, { [cost("a")]: "7+1x180 187+20x8 348+1x400" }, [
      ["11h56m", firing("BudgetBurn.*"), {}],
      ["12h40m", firing("BudgetBurnFast"), { '{alertname="BudgetBurnFast"}': 1 }],
      ["13h12m", firing("BudgetBurn.*"), {}],
      ["13h56m", firing("BudgetForecast"), { '{alertname="BudgetForecast"}': 1 }],
      ["24h36m", firing("BudgetForecast"), {}],
    ]));

  test("what the limit allows is never too fast", () =>
    run({ limit: dollars(500) }, { [cost("a")]: "7+1.25x500" }, [
      ["12h", firing("Budget(Burn|Forecast).*"), {}],
      ["30h", firing("Budget(Burn|Forecast).*"), {}],
    ]));

  // The rule alone, over burn rates as the others record them: three weeks of all rules take minutes.
  test.each([
    ["is far dearer than in each of three weeks", ["1", "2", "1", "4"], true],
    ["was as dear in one of them", ["1", "4", "1", "4"], false],
    ["is dearer, and not dear at all", ["0.1", "0.2", "0.1", "0.9"], false],
    ["has two weeks to compare with", ["_", "2", "1", "4"], false],
  ] as const)("an hour that %s", async (_, weeks, expected) => {
    const plan = budgetPlan([{ ...budget, limit: dollars(500), anomaly: {} }], slowly);
    const burn = weeks.map((value, week) => `${value}x${week === weeks.length - 1 ? 4 : 167}`).join(" ");
    await expectRule(plan, "BudgetAnomaly", {
      start: "2026-02-01T00:00:00Z",
      every: "1h",
      series: { [`budget:burn_rate:1h{${ID}}`]: burn },
      expectations: [["506h", firing("BudgetAnomaly"), expected ? { '{alertname="BudgetAnomaly"}': 1 } : {}]],
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
  const reasons =
    'count by (reason, model) (ALERTS{alertstate="firing",alertname="BudgetBroken",reason!="never-any-data"})';

  test("tokens are paid by type, and what is part of another type once", () =>
    run(
      priced,
      {
        [tokens("input")]: "0+1000x200",
        [tokens("cached")]: "0+400x200",
        [tokens("output")]: "0+100x200",
        [tokens("total")]: "0+1100x200",
      },
      // 600 at 0.03, 400 at 0.01 and 100 at 0.06 a thousand: 2.8 cents at each of 146 evaluations.
      [
        ["10h", `round(${spent("day")}, 0.0001)`, { "{}": 4.088 }],
        ["10h", reasons, {}],
      ],
    ));

  test("teams that use one model pay its price each", () =>
    run(
      { ...priced, by: ["team"] },
      Object.fromEntries(
        [["search", "0+1000x200"] as const, ["chat", "0+2000x200"] as const].map(([team, values]) => [
          `tokens_total{job="j",instance="i",model="gpt-4",type="input",team="${team}"}`,
          values,
        ]),
      ),
      // 3 and 6 cents at each of 146 evaluations.
      [["10h", `round(${spent("day", "team")}, 0.0001)`, { '{team="search"}': 4.38, '{team="chat"}': 8.76 }]],
    ));

  test("a counter for each type is priced by its own", () =>
    run(
      {
        ...priced,
        prices: {
          tokens: { input: "in_total", output: "out_total" },
          model: "model",
          per: "1M",
          models: { a: { input: dollars(10), output: dollars(30) } },
        },
      },
      {
        'in_total{job="j",instance="i",model="a"}': "0+1000x200",
        'out_total{job="j",instance="i",model="a"}': "0+100x200",
      },
      [["10h", `round(${spent("day")}, 0.0001)`, { "{}": 1.898 }]],
    ));

  test("cached tokens that are counted beside the input, not inside it, are reported once they make money", () =>
    run(
      {
        ...priced,
        prices: {
          ...prices,
          models: { "gpt-4": { input: dollars(10), cached: dollars(1) } },
          within: { cached: "input" },
        },
      },
      { [tokens("input")]: "0+1000x200", [tokens("cached")]: "0+900x100 90000+9000x100" },
      [
        ["4h", reasons, {}],
        ["10h", reasons, { '{reason="cost-below-zero"}': 1 }],
      ],
    ));

  test("a model without a price is reported", () =>
    run(
      priced,
      { [tokens("input")]: "0+1000x200", 'tokens_total{job="j",instance="i",model="new",type="input"}': "0+10x200" },
      [["10h", reasons, { '{model="new",reason="unpriced-model"}': 1 }]],
    ));
});

describeWithEngine("promtool", "the count itself", () => {
  const requests = 'requests_total{job="j",instance="i"}';
  const reasons = 'count by (reason) (ALERTS{alertstate="firing",alertname="BudgetBroken"})';

  test("cost that stands still while requests flow is reported, an idle service is not", () =>
    run({ requests: "requests_total" }, { [cost("a")]: "7+1x100 107x300", [requests]: "0+100x300 30000x100" }, [
      ["6h", reasons, {}],
      ["10h", reasons, { '{reason="cost-not-counted"}': 1 }],
      ["23h", reasons, {}],
    ]));

  test("a metric that nobody exports is reported within two hours, and one that is there is not", async () => {
    await run({}, {}, [
      ["52m", reasons, {}],
      ["2h", reasons, { '{reason="never-any-data"}': 1 }],
    ]);
    await run({}, { [cost("a")]: "7x100" }, [["3h", reasons, {}]]);
  });

  test("a request has its cost, and a limit for it", () =>
    run(
      { requests: "requests_total", unitCost: { perRequest: dollars(0.05) } },
      { [cost("a")]: "7+1x100 107+20x100", [requests]: "0+100x300" },
      [
        ["6h", "round(budget:unit_cost_dollars, 0.001)", { [`{${ID},unit="request"}`]: 0.01 }],
        ["6h", firing("BudgetUnitCost"), {}],
        ["9h", firing("BudgetUnitCost"), { '{alertname="BudgetUnitCost"}': 1 }],
      ],
    ));
});

/** Rules alone, over what the others record: pauses of days take too long with all of them. */
describeWithEngine("promtool", "a pause of the ruler", () => {
  const gap = (name: string, values: string, expected: Samples) => {
    const plan = budgetPlan([{ ...budget, per: "month" }], slowly);
    const series = { [`budget:month_number{${ID}}`]: values };
    const alert = 'count by (reason) (ALERTS{alertstate="firing",alertname="BudgetBroken",reason="gap"})';
    return expectRule(
      plan,
      "BudgetBroken",
      { start: "2026-02-01T00:00:00Z", every: "4m", series, expectations: [[name, alert, expected]] },
      "gap",
    );
  };

  test("of over three days within a month is reported for a day", async () => {
    await gap("104h", "2x360 _x1170 2x400", { '{reason="gap"}': 1 });
    await gap("140h", "2x360 _x1170 2x800", {});
  });

  test("of two days is none that the sum forgets, nor is one over the month's end, nor a new budget", async () => {
    await gap("74h", "2x360 _x720 2x400", {});
    await gap("104h", "2x360 _x1170 3x400", {});
    await gap("2h", "_x20 2x400", {});
  });

  test("of more than a twentieth of six hours is reported as evaluations missed", () => {
    const plan = budgetPlan([budget], slowly);
    const samples = { [`budget:coverage_ratio{${ID}}`]: "0.94x400", [`budget:info{${ID},unit="dollars"}`]: "1x400" };
    const alert = 'count by (reason) (ALERTS{alertstate="firing",alertname="BudgetBroken"})';
    return expectRule(
      plan,
      "BudgetBroken",
      {
        start: "2026-02-01T00:00:00Z",
        every: "4m",
        series: samples,
        expectations: [
          ["6h", alert, {}],
          ["7h", alert, { '{reason="evaluations-missed"}': 1 }],
        ],
      },
      "evaluations-missed",
    );
  });
});

describeWithEngine("promtool", "what an active user costs", () => {
  const tier = (name: string) => `cost_dollars_total{job="j",instance="i",user_tier="${name}"}`;
  const users = (name: string, instance: string) =>
    `ai_active_users{job="j",instance="${instance}",user_tier="${name}"}`;
  const all = `budget:per_user_dollars{${ID}}`;
  const each = (name: string) => `budget:per_user_dollars{${ID},user_tier="${name}"}`;

  // $2 and $1 at each evaluation, of which 12 are in the sum after an hour. Two replicas know of users.
  test("is what was spent in the period over its users, by tier and in all", () =>
    run(
      { by: ["user_tier"], activeUsers: "ai_active_users" },
      {
        [tier("free")]: "0+2x200",
        [tier("pro")]: "0+1x200",
        [users("free", "i")]: "3x200",
        [users("free", "j")]: "4x200",
        [users("pro", "i")]: "0x20 2x180",
      },
      [
        ["1h", "budget:per_user_dollars", { [each("free")]: 24 / 7, [all]: 36 / 7 }],
        ["2h", "budget:per_user_dollars", { [each("free")]: 54 / 7, [each("pro")]: 13.5, [all]: 81 / 9 }],
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
      [["1h", "budget:per_user_dollars", { [all]: 24 / 7 }]],
    ));

  test("is explained, and what it rests on", () => {
    const plan = budgetPlan([{ ...budget, activeUsers: "ai_active_users" }]);
    const [compiled] = plan.services[0]?.budgets ?? [];
    const sections = compiled ? explainSpend(plan, compiled).sections : [];
    const rows = sections.flatMap((section) => section.rows).filter(([name]) => name === "per user");
    expect(rows.map(([, words]) => words)).toEqual([
      "what was spent in the period over its active users, `ai_active_users`",
      expect.stringContaining("is a mean, and as right as its gauge"),
    ]);
  });
});
