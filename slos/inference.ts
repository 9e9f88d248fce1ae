import { aiService, defineService, usd } from "firebreak";

/** The AI inference service: uptime, errors, latency, throughput, saturation and spend, on its own metric names. */
export const inference = defineService({
  name: "inference-gateway",
  description: "Serves model inference to the product.",
  owner: "ml-platform",
  runbooks: "https://runbooks.example.com/inference",
  ...aiService({
    job: "inference-gateway",
    eventsPerDay: { "error-rate": 2_000_000, latency: 2_000_000 },
    spend: [
      { name: "daily-spend", per: "day", limit: usd(500) },
      { name: "model-spend", per: "day", by: ["model"], limits: { "gpt-4": usd(300) }, limitEach: usd(100) },
      { name: "tier-spend", per: "month", by: ["user_tier"], limits: { free: usd(1000) }, limitEach: usd(5000) },
    ],
  }),
});
