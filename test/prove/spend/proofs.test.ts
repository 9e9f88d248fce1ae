/** Generated tests of budgets: promtool accepts them for every sort of budget, and they fail when a rule is wrong. */
import { describe, expect, test } from "vitest";
import type { Plan } from "../../../src/compile/plan.ts";
import type { BudgetDeclaration, PlatformDeclaration } from "../../../src/declare/declaration.ts";
import { type ProvenService, proveService } from "../../../src/prove/service.ts";
import { planWith } from "../../compile/spend/months.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { playPlan, playSpoilt } from "../play-plan.ts";

const dollars = (amount: number) => ({ amount, unit: "dollars" });
const metric = 'cost_dollars_total{job="inference"}';
const common = { kind: "spend", name: "budget", metric, per: "day", limit: dollars(500) } as const;
const byModel = { by: ["model"], limits: { "gpt-4": dollars(300) } } as const;
/** What all is spoilt on. */
const spoilt = { ...common, ...byModel, thresholds: [0.8, 1], anomaly: {}, activeUsers: "active_users" } as const;
/** A proof of each sort and no more. */
const small = { ...common, thresholds: [1] } as const;

describeWithEngine("promtool", "the generated tests of a budget", () => {
  test.each<readonly [string, Partial<BudgetDeclaration>]>([
    ["of a day", {}],
    ["of a day at another offset, by model", { ...byModel, offset: "+05:30", limitEach: dollars(100) }],
    ["of an hour", { per: "hour", thresholds: [0.8, 1] }],
    [
      "of a week, for single values alone",
      { per: "week", by: ["model"], limits: { small: dollars(2) }, limit: undefined as never },
    ],
    [
      "of a month, with thresholds close to each other",
      { per: "month", offset: "-03:30", thresholds: [0.9, 0.92, 1, 1.5] },
    ],
    [
      "of a quarter, with severities of its own",
      { per: "quarter", thresholds: [{ at: 0.8, severity: "page" }], labels: { env: "prod" } },
    ],
    ["of a year", { per: "year", thresholds: [1] }],
    ["that rolls over an hour", { per: "1h" }],
    ["that rolls over a week, by two labels", { per: "7d", by: ["model", "team"], limitEach: dollars(0.5) }],
    [
      "that rolls over a week, with an anomaly of so much at least",
      { per: "7d", by: ["model", "team"], limitEach: dollars(0.5), anomaly: { ratio: 0.1, atLeast: dollars(9) } },
    ],
    [
      "with burns of its own",
      { burn: [{ name: "sprint", severity: "ticket", burn: 2, long: "12h", short: "2h" }], thresholds: [] },
    ],
    ["in tokens", { kind: "tokens", metric: "tokens_total", limit: { amount: 200_000_000, unit: "tokens" } }],
    [
      "with unit costs",
      { requests: "requests_total", tokens: "tokens_total", unitCost: { perRequest: dollars(0.05) }, thresholds: [1] },
    ],
    [
      "at prices",
      {
        metric: undefined as never,
        by: ["model"],
        limitEach: dollars(100),
        prices: {
          tokens: 'usage_sum{gen_ai_operation_name="chat"}',
          model: "model",
          type: "type",
          per: "1M",
          models: { a: { input: dollars(10), output: dollars(30), cached: dollars(5) } },
          within: { cached: "input" },
        },
      },
    ],
  ])("%s pass", (_, change) => expectProven({ ...common, ...change }, {}));

  test.each<readonly [string, PlatformDeclaration]>([
    ["where clusters are told apart", { identity: ["cluster"] }],
    ["where rules are evaluated every minute", { evaluationInterval: "1m", scrapeInterval: "1m" }],
    ["where they are evaluated every 45s and scraped every 15s", { evaluationInterval: "45s", scrapeInterval: "15s" }],
    ["where they are evaluated every 4m", { evaluationInterval: "4m", scrapeInterval: "1m" }],
  ])("%s pass", (_, platform) => expectProven({ ...small, ...byModel }, platform));

  test.each<readonly [string, (rules: string) => string]>([
    ["a threshold that is too high", (rules) => rules.replace(">= 0.8", ">= 0.85")],
    ["an hour that is held against two weeks", (rules) => rules.replace("offset 21d", "offset 14d")],
    ["an hour that need not be dear", (rules) => rules.replace(/(burn_rate:1h\{.*?\}) > 3$/m, "$1 > 2")],
    ["a limit that is missed after a fortnight", (rules) => rules.replace("[7d:1h]", "[14d:1h]")],
    ["coverage of half a day", (rules) => rules.replace(/(budget:info.*)\[6h\]/, "$1[12h]")],
    [
      "what a user costs of all users together",
      (rules) => rules.replace("sum by (model) (active_users)", "sum by (model) (2 * active_users)"),
    ],
    ["a threshold that is too low", (rules) => rules.replace(">= 0.8", ">= 0.75")],
    ["a burn that is too high", (rules) => rules.replaceAll(/\} > 6$/gm, "} > 6.5")],
    ["a burn that is too low", (rules) => rules.replaceAll(/\} > 6$/gm, "} > 5.6")],
    ["a limit that is another", (rules) => rules.replaceAll("vector(300)", "vector(330)")],
    [
      "a total that holds one model",
      (rules) => rules.replaceAll(/sum\((budget:spend_dollars:day\{.*?)\}/g, 'sum($1, model="two"}'),
    ],
    ["a forecast that waits too long", (rules) => rules.replace("for: 30m", "for: 1h")],
    ["a forecast that does not wait", (rules) => rules.replace("for: 30m", "for: 4m")],
    ["a forecast of a limit that is spent", (rules) => rules.replace(/unless\n.*>= 1$/m, "and\n          vector(1)")],
    ["a period that does not begin anew", (rules) => rules.replace(/== bool on \(\) day_of_month.*$/m, "> bool 0")],
    ["births that do not count", (rules) => rules.replace("== 1 and up", "== 2 and up")],
    [
      "data that nobody misses",
      (rules) =>
        rules.replace(
          "for: 1h\n        labels: { slo_service: svc, budget: budget, tier: no-data",
          "for: 3h\n        labels: { slo_service: svc, budget: budget, tier: no-data",
        ),
    ],
  ])("fail on %s", (_, spoil) => expectFailing(spoilt, spoil));

  test("name what they do not prove, and why", () => {
    const unproven = (change: Partial<BudgetDeclaration>) =>
      provenOf(planOf({ ...common, ...change }, {})).notProven.map(({ alert, reason }) =>
        [alert, reason].filter(Boolean).join(" "),
      );
    const fall = ["BudgetBroken counters-fall"];
    expect(unproven({})).toEqual(fall);
    expect(unproven(byModel)).toEqual(fall);
    expect(unproven({ per: "month", anomaly: {} })).toEqual(fall);
    expect(unproven({ metric: { promql: "sum(rate(x_total[$window]))" } })).toContain("BudgetSpent100");
  });
});

describe("every generated test of a budget", () => {
  test("ends within a thousand evaluations", () => {
    const { runs, everySeconds } = provenOf(planOf({ ...common, ...byModel, anomaly: {} }, {}));
    expect(runs.length).toBeGreaterThan(0);
    for (const { members, evaluatedSeconds = everySeconds } of runs)
      for (const { proof } of members) expect(proof.untilSeconds / evaluatedSeconds).toBeLessThan(1000);
  });
});

async function expectProven(budget: BudgetDeclaration, platform: PlatformDeclaration): Promise<void> {
  const plan = planOf(budget, platform);
  const unproven = provenOf(plan).notProven.filter(({ reason = "" }) => !UNPROVABLE.includes(reason));
  expect(unproven).toEqual([]);
  const { output, status } = await playPlan(plan);
  expect(status, output).toBe(0);
}

async function expectFailing(budget: BudgetDeclaration, spoil: (rules: string) => string): Promise<void> {
  const { output, status } = await playSpoilt(planOf(budget, {}), spoil);
  expect(status, output).toBe(1);
  expect(output).toContain("exp:");
}

function planOf(budget: BudgetDeclaration, platform: PlatformDeclaration): Plan {
  return planWith({ budgets: [budget] }, platform);
}

function provenOf({ services, platform }: Plan): ProvenService {
  const [service] = services;
  if (!service) throw new Error("one service");
  return proveService(service, platform);
}

/** What is not shown where prices or matchers ask for the label, where no counter falls, or where no type exceeds its whole. */
const UNPROVABLE = ["by-label-missing", "counters-fall", "cost-below-zero"];
