/** Labels of groups that a well-known system nearly has. */
import { expect, test } from "vitest";
import { litellm } from "../../../src/index.ts";
import { availability } from "../../parse/valid.ts";
import { findingsOf, hintOf } from "../findings.ts";

const spend = (by: string) => ({
  budgets: [{ kind: "spend", name: "d", metric: "litellm_spend_metric_total", per: "day", by: [by], limit: usd(5) }],
});
const usd = (amount: number) => ({ amount, unit: "dollars" });
const slo = (metric: string, groupBy: readonly string[]) => [
  {
    ...availability,
    groupBy,
    sli: { kind: "events", total: metric, bad: metric.replace("calls", "errors").replace("success", "failure") },
  },
];

test.each([
  ["two letters swapped", "taem_alias"],
  ["a letter less", "team_alas"],
  ["in capitals", "teamAlias"],
])("a budget by a label with %s is doubted", (_slip, by) =>
  expect(findingsOf("misspelt-labels", [], {}, spend(by))).toEqual(["label-misspelt gateway.budgets[0]"]),
);

test("so is the budget of a preset", () => {
  const { budgets } = litellm({ spend: [{ name: "d", per: "day", by: ["taem_alias"], limit: usd(5) as never }] });
  expect(findingsOf("misspelt-labels", [], {}, { budgets })).toEqual(["label-misspelt gateway.budgets[0]"]);
});

test.each([
  [
    "the model of one counter of tokens",
    { tokens: "gen_ai_client_tokens_total" },
    "gen_ai_request_modell",
    "gen_ai_token_type",
  ],
  ["its type", { tokens: "gen_ai_client_tokens_total" }, "gen_ai_request_model", "gen_ai_token_tpye"],
  ["the model of several counters", { tokens: { input: "litellm_input_tokens_metric_total" } }, "modle", undefined],
])("so is a budget of prices, once, by %s", (_what, tokens, model, type) => {
  const prices = {
    ...tokens,
    model,
    ...(type === undefined ? {} : { type }),
    per: "1M",
    models: { m: { input: usd(1) } },
  };
  const budgets = [{ kind: "spend", name: "d", per: "day", limit: usd(5), prices }];
  expect(findingsOf("misspelt-labels", [], {}, { budgets })).toEqual(["label-misspelt gateway.budgets[0]"]);
});

test("an SLO is doubted once, however many of its metrics have the label", () => {
  expect(findingsOf("misspelt-labels", slo("vllm:request_success_total", ["modl_name"]))).toEqual([
    "label-misspelt gateway.slos[0]",
  ]);
  expect(findingsOf("misspelt-labels", slo('{"gen_ai.client.calls"}', ["gen_ai.request.modle"]))).toEqual([
    "label-misspelt gateway.slos[0]",
  ]);
});

test.each(["team_alias", "team", "namespace", "cluster", "tenant", "model_group"])("%s is sound", (by) =>
  expect(findingsOf("misspelt-labels", [], {}, spend(by))).toEqual([]),
);

test("of systems that are not known nothing is said", () =>
  expect(findingsOf("misspelt-labels", slo("shop_orders_total", ["modl_name"]))).toEqual([]));

test.each([
  ["envoy_cluster_nme", 1],
  ["envoy_cluster", 1],
  ["envoy_cluster_name", 0],
  ["envoy_virtual_host", 0],
  ["team", 0],
])("a label of Envoy is known: %s", (label, count) =>
  expect(findingsOf("misspelt-labels", slo("envoy_cluster_upstream_rq_total", [label]))).toHaveLength(count),
);

test("the id of a team is a label of LiteLLM, as well as its alias", () => {
  expect(findingsOf("misspelt-labels", [], {}, spend("team"))).toEqual([]);
});

const ofEnvoy = (matcher: string) => [
  {
    ...availability,
    groupBy: [],
    sli: { kind: "events", total: "envoy_cluster_upstream_rq_xx", bad: `envoy_cluster_upstream_rq_xx{${matcher}}` },
  },
];

test.each([
  ['envoy_response_code_class="5xx"', 'Write `envoy_response_code_class="5"`.'],
  ['envoy_response_code_class="500"', 'Write `envoy_response_code_class="5"`.'],
  ['envoy_response_code_class=~"5.."', 'Write `envoy_response_code_class=~"5"`.'],
  ['envoy_response_code_class!="5xx"', 'Write `envoy_response_code_class!="5"`.'],
  ['envoy_response_code="5xx"', "Write one of its values."],
])("a value that the label never has selects nothing: %s", (matcher, hint) => {
  expect(findingsOf("misspelt-labels", ofEnvoy(matcher))).toEqual(["label-misspelt gateway.slos[0].sli.bad"]);
  expect(hintOf("misspelt-labels", ofEnvoy(matcher))).toBe(hint);
});

test.each([
  'envoy_response_code_class="5"',
  'envoy_response_code_class=~"4|5"',
  'envoy_response_code_class!~"[1-4]"',
  'envoy_response_code_class!=""',
  'envoy_response_code="503"',
  'envoy_response_code=~"5.."',
  'code="5xx"',
])("nothing is said of a value that it may have: %s", (matcher) =>
  expect(findingsOf("misspelt-labels", ofEnvoy(matcher))).toEqual([]),
);
