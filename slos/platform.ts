import { definePlatform } from "firebreak";

/** The environment of the example: one Prometheus that keeps 60 days, and two teams' worth of receivers. */
export const platform = definePlatform({
  scrapeInterval: "30s",
  evaluationInterval: "30s",
  retention: "60d",
  dashboards: "https://grafana.example.com",
  runbooks: "https://runbooks.example.com",
  receivers: {
    default: {
      page: { pagerduty: { secret: "pagerduty" } },
      ticket: { slack: { secret: "slack", channel: "#slo-tickets" } },
      info: { slack: { secret: "slack", channel: "#slo-news" } },
    },
    "ml-platform": {
      page: { pagerduty: { secret: "pagerduty-ml-platform" } },
      ticket: { slack: { secret: "slack", channel: "#ml-platform" } },
    },
  },
  businessHours: { location: "Europe/Berlin", start: "09:00", end: "17:00" },
  buckets: {
    ai_inference_latency_seconds: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    ai_user_daily_cost_dollars: [0.1, 1, 5, 10, 50, 100],
  },
});
