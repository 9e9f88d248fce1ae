import { events, experiment, latency, spend, tokens, usd } from "firebreak";

const cost = "ai_inference_cost_dollars_total";

/** What the inference gateway may spend in a day, in all and on each model. */
export const inferenceBudgets = [
  spend({
    name: "daily-spend",
    description: "A day of inference, with a limit of its own for the dearest model.",
    metric: cost,
    per: "day",
    by: ["model"],
    limit: usd(500),
    limits: { "gpt-4": usd(300) },
    limitEach: usd(150),
    requests: "ai_inference_requests_total",
    tokens: "ai_tokens_used_total",
    unitCost: { perRequest: usd(0.05), per1kTokens: usd(0.03) },
  }),
];

/** What the models may generate in a day. */
export const vllmBudgets = [
  tokens({
    name: "daily-tokens",
    metric: 'vllm:generation_tokens_total{job="vllm"}',
    per: "day",
    by: ["model_name"],
    limit: tokens(200_000_000),
    thresholds: [0.8, { at: 1, severity: "ticket" }],
  }),
];

/** A new system prompt for half of the requests. */
export const promptExperiment = experiment({
  name: "prompt-v2",
  description: "A shorter system prompt (variant B) against the one that we have (A).",
  label: "variant",
  baseline: "A",
  slis: [
    { name: "success", sli: events({ total: "ai_inference_requests_total", bad: "ai_inference_errors_total" }) },
    { name: "latency", sli: latency({ histogram: "ai_inference_latency_seconds", threshold: "1s" }) },
  ],
  cost: { metric: cost, per: "ai_inference_requests_total" },
});
