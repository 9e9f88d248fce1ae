import { defineService, events, gauge, latency, probe, throughput } from "firebreak";
import { inferenceBudgets, promptExperiment } from "./budgets.ts";

/** The AI inference service: uptime, errors, latency, throughput and saturation, on its own metric names. */
export const inference = defineService({
  name: "inference-gateway",
  description: "Serves model inference to the product.",
  owner: "ml-platform",
  runbooks: "https://runbooks.example.com/inference",
  slos: [
    {
      name: "availability",
      description: "The gateway answers: 99.9% uptime.",
      objective: 99.9,
      sli: probe({ metric: 'up{job="inference-gateway"}' }),
    },
    {
      name: "error-rate",
      description: "Fewer than 0.1% of a model's requests fail.",
      objective: 99.9,
      groupBy: ["model"],
      sli: events({ total: "ai_inference_requests_total", bad: "ai_inference_errors_total" }),
      eventsPerDay: 2_000_000,
      minBad: 10,
    },
    {
      name: "latency",
      description: "P95 below 1s: 95% of requests within 1s.",
      objective: 95,
      sli: latency({ histogram: "ai_inference_latency_seconds", threshold: "1s" }),
      eventsPerDay: 2_000_000,
    },
    {
      name: "latency-p50",
      description: "The typical request: half of them within 250ms. Nobody is paged for it.",
      objective: 50,
      sli: latency({ histogram: "ai_inference_latency_seconds", threshold: "250ms" }),
      alerting: { tiers: [{ name: "ticket-slow", severity: "ticket", long: "3d", short: "6h", burn: 1 }] },
    },
    {
      name: "latency-p99",
      description: "The slow tail: 99% of requests within 5s.",
      objective: 99,
      sli: latency({ histogram: "ai_inference_latency_seconds", threshold: "5s" }),
    },
    {
      name: "throughput",
      description: "The gateway completes at least one request a second, measured by the minute.",
      objective: 99,
      sli: throughput({ metric: "ai_inference_requests_total", atLeast: 1 }),
    },
    {
      name: "token-rate",
      description: "The models generate at least 100 tokens a second, measured by the minute.",
      objective: 99,
      sli: throughput({ metric: "ai_tokens_used_total", atLeast: 100 }),
    },
    {
      name: "saturation",
      description: "The queue of each model holds at most 10 requests.",
      objective: 99,
      groupBy: ["model"],
      sli: gauge({ metric: "ai_inference_queue_requests", op: "<=", threshold: 10 }),
    },
    {
      name: "user-cost",
      description:
        "99% of users stay within $10 a day. The gateway observes each user's day once, and no label names the user.",
      objective: 99,
      groupBy: ["user_tier"],
      sli: latency({ histogram: "ai_user_daily_cost_dollars", threshold: 10 }),
    },
  ],
  budgets: inferenceBudgets,
  experiments: [promptExperiment],
});
