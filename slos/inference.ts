import { aiService, combine, defineService, latency } from "firebreak";
import { inferenceBudgets, promptExperiment } from "./budgets.ts";

const service = aiService({
  job: "inference-gateway",
  eventsPerDay: { "error-rate": 2_000_000, latency: 2_000_000 },
});

/** The AI inference service: uptime, errors, latency, throughput, saturation and spend, on its own metric names. */
export const inference = defineService({
  name: "inference-gateway",
  description: "Serves model inference to the product.",
  owner: "ml-platform",
  runbooks: "https://runbooks.example.com/inference",
  ...combine(service, {
    slos: [
      {
        name: "user-cost",
        description:
          "99% of users stay within $10 a day. The gateway observes each user's day once, and no label names the user.",
        objective: 99,
        groupBy: ["user_tier"],
        sli: latency({ histogram: "ai_user_daily_cost_dollars", threshold: 10 }),
        // All days end at once: pages would ring at midnight, and every window needs a whole day.
        alerting: { tiers: [{ name: "ticket-slow", severity: "ticket", long: "3d", short: "1d", burn: 1 }] },
      },
    ],
    budgets: inferenceBudgets,
  }),
  experiments: [promptExperiment],
});
