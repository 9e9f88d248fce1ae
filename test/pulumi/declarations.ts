/** Two small services, and ways to change them. */
import { events, latency } from "../../src/declare/construct.ts";
import type { PlatformDeclaration, ServiceDeclaration, SloDeclaration } from "../../src/declare/declaration.ts";

export const errorRate: SloDeclaration = {
  name: "error-rate",
  objective: 99.9,
  groupBy: ["model"],
  sli: events({ total: "ai_inference_requests_total", bad: "ai_inference_errors_total" }),
};

export const speed: SloDeclaration = {
  name: "latency",
  objective: 95,
  sli: latency({ histogram: "ai_inference_latency_seconds", threshold: "1s" }),
};

export const gateway: ServiceDeclaration = {
  name: "gateway",
  owner: "ml-platform",
  runbooks: "https://runbooks.example.com/gateway",
  slos: [errorRate, speed],
};

export const search: ServiceDeclaration = {
  name: "search",
  owner: "search",
  runbooks: "https://runbooks.example.com/search",
  slos: [
    {
      name: "availability",
      objective: 99.5,
      sli: events({ total: "search_requests_total", bad: 'search_requests_total{code=~"5.."}' }),
    },
  ],
};

export const platform: PlatformDeclaration = {
  retention: "60d",
  dashboards: "https://grafana.example.com",
  receivers: {
    default: {
      page: { pagerduty: { secret: "pagerduty" } },
      ticket: { slack: { secret: "slack", channel: "#slo-tickets" } },
    },
  },
  buckets: { ai_inference_latency_seconds: [0.1, 0.5, 1, 5] },
};

/** The gateway with another objective for its errors. */
export function withObjective(objective: number): ServiceDeclaration {
  return { ...gateway, slos: [{ ...errorRate, objective }, speed] };
}
