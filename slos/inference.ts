import { aiService, defineService, latency, usd } from "firebreak";
import { inferenceBudgets, promptExperiment } from "./budgets.ts";

const gateway = aiService({
  job: "inference-gateway",
  eventsPerDay: { "error-rate": 2_000_000, latency: 2_000_000 },
  spend: [{ name: "tier-spend", per: "month", by: ["user_tier"], limits: { free: usd(1000) }, limitEach: usd(5000) }],
});

/** The AI inference service: uptime, errors, latency, throughput, saturation and spend, on its own metric names. */
export const inference = defineService({
  name: "inference-gateway",
  description: "Serves model inference to the product.",
  owner: "ml-platform",
  runbooks: "https://runbooks.example.com/inference",
  slos: [
    ...gateway.slos,
    {
      name: "user-cost",
      description:
        "99% of users stay within $10 a day. The gateway observes each user's day once, and no label names the user.",
      objective: 99,
      groupBy: ["user_tier"],
      sli: latency({ histogram: "ai_user_daily_cost_dollars", threshold: 10 }),
    },
  ],
  budgets: [...gateway.budgets, ...inferenceBudgets],
  experiments: [promptExperiment],
});
