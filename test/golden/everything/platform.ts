import { definePlatform } from "firebreak";

/** Two teams, a cluster that tells itself apart, tickets by day (in UTC, as an AlertmanagerConfig knows it), and the Prometheus operator. */
export const platform = definePlatform({
  scrapeInterval: "30s",
  evaluationInterval: "30s",
  retention: "60d",
  identity: ["cluster"],
  severities: "kube-prometheus",
  requiredLabels: ["tier_of_service"],
  dashboards: "https://grafana.example.com",
  dataSource: "mimir",
  queries: "https://prometheus.example.com",
  runbooks: "https://runbooks.example.com",
  receivers: {
    default: {
      page: { pagerduty: { secret: "pagerduty" } },
      ticket: { slack: { secret: "slack", channel: "#slo-tickets" } },
    },
    search: { page: { pagerduty: { secret: "pagerduty-search" } } },
    shop: {
      page: { opsgenie: { secret: "opsgenie" }, webhook: { url: "https://hooks.example.com/pages" } },
      ticket: { slack: { secret: "slack", channel: "#shop" } },
      info: { email: { to: "shop@example.com", from: "alerts@example.com", smarthost: "smtp.example.com:587" } },
    },
  },
  businessHours: { start: "09:00", end: "17:00" },
  buckets: { checkout_seconds: [0.1, 0.25, 0.5, 1, 2.5, 5] },
  kubernetes: { kind: "operator", namespace: "monitoring", selectorLabels: { release: "kube-prometheus-stack" } },
});
