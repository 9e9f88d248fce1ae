/** Groups with objectives of their own: each has its own budget and its own thresholds, and a cold start stays quiet. */
import { describe, expect, test } from "vitest";
import { tierWith } from "../../../src/compile/tiers/objectives.ts";
import type { SloDeclaration } from "../../../src/declare/declaration.ts";
import { events } from "../../../src/index.ts";
import { print } from "../../../src/promql/print.ts";
import { expectHistories, expectHistory, planOf } from "../../sli/history.ts";
import { describeWithEngine } from "../../support/engines.ts";

const sli = events({ total: "requests_total", bad: "errors_total" });
const slo: Partial<SloDeclaration> = {
  sli,
  objective: 99,
  groupBy: ["model"],
  objectives: { strict: 99.9, lax: 90 },
};
const paging = 'count by (model) (ALERTS{alertstate="firing",alertname="SloBurnPageFast"})';
const budgets = "sum by (model) (slo:error_budget_ratio)";

/** 100 requests a scrape; so many of them bad from 60m on. */
function traffic(model: string, bad: number): Record<string, string> {
  const labels = `{job="api",instance="${model}",model="${model}"}`;
  return { [`requests_total${labels}`]: "0+100x260", [`errors_total${labels}`]: `0x120 ${bad}+${bad}x140` };
}

describe("rules", () => {
  test("name groups with the same objective in one line, with what is no pattern escaped", () => {
    const plan = planOf({ ...slo, objectives: { "gpt-4.1": 99.9, "a|b": 99.9, batch: 95 } });
    const rules = plan.services[0]?.slos[0]?.groups.flatMap(({ rules }) => rules) ?? [];
    const budget = rules.flatMap((rule) =>
      rule.type === "record" && rule.record === "slo:error_budget_ratio" ? [print(rule.expr)] : [],
    );
    expect(budget).toHaveLength(1);
    expect(budget[0]).toContain('model=~"a\\\\|b|gpt-4\\\\.1"');
  });
});

describe("a tier", () => {
  const found = planOf(slo).services[0]?.slos[0];
  const fast = found?.tiers.find(({ name }) => name === "page-fast");

  test("of a group with another error budget has its threshold, and the share that is spent by then", () => {
    if (!found || !fast) throw new Error("no tier");
    expect(tierWith(fast, 0.001, found.slo)).toMatchObject({ threshold: 0.0144, budgetSpent: 0.02 });
  });

  // 14.4 × 10% is more than everything: it fires when all is bad, which spends 10 hours' budget in one.
  test("that a group cannot reach fires when everything is bad", () => {
    if (!found || !fast) throw new Error("no tier");
    const tier = tierWith({ ...fast, cap: 1 }, 0.1, found.slo);
    expect(tier.threshold).toBe(1);
    expect(tier.budgetSpent).toBeCloseTo(10 / 720, 9);
  });
});

describeWithEngine("promtool", "on the real engine", () => {
  test("the same burn pages for the strict group, and not for others", () =>
    expectHistory(slo, {
      series: { ...traffic("strict", 5), ...traffic("lax", 5), ...traffic("other", 5) },
      expectations: [
        ["1h", budgets, { '{model="strict"}': 0.001, '{model="lax"}': 0.1, '{model="other"}': 0.01 }],
        ["1h", paging, {}],
        ["1h20m", paging, { '{model="strict"}': 1 }],
        ["1h20m", "count(slo:objective_ratio)", { "{}": 1 }],
      ],
    }));

  test("two groups page at thresholds of their own, and what is left is measured by the own budget", () =>
    expectHistory(slo, {
      series: { ...traffic("strict", 40), ...traffic("lax", 40), ...traffic("other", 40) },
      expectations: [
        ["1h20m", paging, { '{model="strict"}': 1 }],
        ["2h", paging, { '{model="strict"}': 1, '{model="other"}': 1 }],
        // Of 360 looks at the month, the rules were seen in two.
        [
          "2h",
          "round(180 * sum by (model) ((1 - slo:error_budget_remaining_ratio) * slo:error_budget_ratio / slo:error_ratio:rate30d), 0.001)",
          { '{model="strict"}': 1, '{model="lax"}': 1, '{model="other"}': 1 },
        ],
      ],
    }));

  test("a threshold that a lax group could never reach comes down for it alone", () =>
    expectHistory(slo, {
      series: { ...traffic("lax", 100), ...traffic("other", 5) },
      expectations: [["2h5m", paging, { '{model="lax"}': 1 }]],
    }));

  test("a group that vanishes keeps its budget while the period holds it, and a new one has one at once", () =>
    expectHistories(planOf(slo), [
      {
        series: {
          'requests_total{job="api",instance="a",model="strict"}': "0+100x60 stale",
          'requests_total{job="api",instance="a",model="new"}': "_x199 0+100x40",
        },
        expectations: [
          ["1h30m", budgets, { '{model="strict"}': 0.001 }],
          ["1h41m", budgets, { '{model="strict"}': 0.001, '{model="new"}': 0.01 }],
        ],
      },
    ]));
});
