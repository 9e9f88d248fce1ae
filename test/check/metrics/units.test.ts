/** Counters of cents under limits in dollars. */
import { expect, test } from "vitest";
import { findingsOf, planOf, run } from "../findings.ts";

const budgets = (metric: string) => ({
  budgets: [{ kind: "spend", name: "d", metric, per: "day", limit: { amount: 5, unit: "dollars" } }],
});
const found = (metric: string) =>
  ["units", "metric-names"].flatMap((check) => findingsOf(check, [], {}, budgets(metric)));

test.each([
  ["llm_cost_cents_total", "100"],
  ["llm_cost_usd_cents_total", "100"],
  ["llm_cost_usd_micros_total", "1000000"],
  ["llm_cost_microdollars_total", "1000000"],
])("%s under a limit in dollars makes one issue, with what to divide by", (metric, parts) => {
  expect(found(metric)).toEqual(["metric-name gateway.budgets[0].metric"]);
  const [issue] = run("units", planOf([], {}, budgets(metric)));
  expect(issue?.message).toContain(String(parts));
  expect(issue?.hint).toContain(`/ ${parts}"`);
});

test.each(["llm_cost_dollars_total", "scents_sold_dollars_total"])("%s makes none", (metric) =>
  expect(found(metric)).toEqual([]),
);
