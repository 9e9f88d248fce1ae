import { events, experiment, latency, spend, tokens, usd } from "firebreak";

const cost = "ai_inference_cost_dollars_total";

/** What the inference gateway may spend: per day and model, per month and tier of its users. */
export const inferenceBudgets = [
  spend({
    name: "daily-spend",
    description: "A day of inference, with a separate limit for the most expensive model.",
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
  spend({
    name: "monthly-spend",
    description: "Monthly inference spend, split by user tier.",
    metric: cost,
    per: "month",
    offset: "+01:00",
    by: ["user_tier"],
    limit: usd(10_000),
    limits: { free: usd(1000) },
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
