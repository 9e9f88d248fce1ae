/** What a thousand tokens cost at prices, some types of which are inside others: each token counts once. */
import { test } from "vitest";
import { expectHistories } from "../../sli/history.ts";
import { describeWithEngine } from "../../support/engines.ts";
import { budgetPlan } from "./months.ts";

const dollars = (amount: number) => ({ amount, unit: "dollars" as const });
const target = 'job="j",instance="a:1"';
const counter = (type: string) => `llm_tokens_total{${target},model="m",type="${type}"}`;

/** Half a minute's: 100,000 of input, of which 80,000 were cached, and 10,000 of output. */
const series = {
  [`up{${target}}`]: "1x300",
  [counter("input")]: "0+100000x300",
  [counter("cached_input")]: "0+80000x300",
  [counter("output")]: "0+10000x300",
};
const prices = {
  tokens: "llm_tokens_total",
  model: "model",
  type: "type",
  per: "1M",
  models: { m: { input: dollars(1.25), cached_input: dollars(0.125), output: dollars(10) } },
  within: { cached_input: "input" },
} as const;
/** 20,000 at $1.25, 80,000 at $0.125 and 10,000 at $10 per million, over 110 thousand tokens. */
const TRUTH = (0.025 + 0.01 + 0.1) / 110;

describeWithEngine("promtool", "the cost of a thousand tokens at prices", () => {
  test.each([
    ["by the table's own counter", { tokens: "llm_tokens_total" }],
    ["by that counter of one job", { tokens: 'llm_tokens_total{job="j"}' }],
    ["by a limit alone", { unitCost: { per1kTokens: dollars(1) } }],
    ["by the types that are not inside others", { tokens: 'llm_tokens_total{type=~"input|output"}' }],
  ])("counts each token once: %s", async (_name, fields) => {
    const plan = budgetPlan([{ kind: "spend", name: "daily", per: "day", limit: dollars(500), prices, ...fields }]);
    // To a tenth: money is up to two tiles late, and tokens are not.
    const share = `round(max(budget:unit_cost_dollars{unit="1k tokens"}) / ${TRUTH}, 0.2)`;
    await expectHistories(plan, [{ series, expectations: [["142m", share, { "{}": 1 }]] }]);
  });
});
