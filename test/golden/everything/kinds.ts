import {
  composite,
  defineService,
  events,
  freshness,
  gauge,
  latency,
  probe,
  ratio,
  score,
  throughput,
} from "firebreak";

const window = "1d";

/** Every kind of SLI, with nothing else declared. */
export const kinds = defineService({
  name: "kinds",
  description: "One SLO of every kind.",
  owner: "shop",
  labels: { tier_of_service: "gold" },
  slos: [
    {
      name: "events-bad",
      objective: 99,
      window,
      sli: events({ total: 'checkouts_total{job="shop"}', bad: 'checkouts_total{job="shop", code=~"5.."}' }),
    },
    {
      name: "events-good",
      objective: 99,
      window,
      sli: events({ total: "orders_total", good: "orders_kept_total" }),
    },
    {
      name: "events-promql",
      objective: 99,
      window,
      groupBy: ["model"],
      sli: events({
        total: { promql: "sum by (cluster, model) (rate(answers_total[$window]))", meaning: "answers" },
        bad: {
          promql: 'sum by (cluster, model) (rate(answers_total{outcome!="ok"}[$window]))',
          meaning: "answers that were none",
        },
      }),
    },
    {
      name: "latency-classic",
      objective: 95,
      window,
      sli: latency({ histogram: "checkout_seconds", threshold: "500ms" }),
    },
    {
      name: "latency-native",
      objective: 95,
      window,
      sli: latency({ histogram: "query_seconds", threshold: "250ms", type: "native" }),
    },
    {
      name: "latency-nhcb",
      objective: 95,
      window,
      sli: latency({ histogram: "checkout_seconds", threshold: 0.25, type: "nhcb" }),
    },
    {
      name: "gauge",
      objective: 99,
      window,
      sli: gauge({ metric: "queue_depth", op: "<=", threshold: 100 }),
    },
    {
      name: "probe",
      objective: 99,
      window,
      sli: probe({ metric: 'probe_success{job="blackbox"}' }),
    },
    {
      name: "freshness",
      objective: 99,
      window,
      sli: freshness({ timestamp: "index_last_success_timestamp_seconds", maxAge: "2h" }),
    },
    {
      name: "throughput-at-least",
      objective: 95,
      window,
      sli: throughput({ metric: "tokens_generated_total", atLeast: 100 }),
    },
    {
      name: "throughput-at-most",
      objective: 95,
      window,
      sli: throughput({ metric: "retries_total", atMost: 50, slice: "2m" }),
    },
    {
      name: "score",
      objective: 80,
      window,
      sli: score({ sum: "stars_total", count: "ratings_total", max: 5 }),
    },
    {
      name: "ratio-bad",
      objective: 99,
      window,
      sli: ratio({ bad: "evaluation_error_ratio" }),
    },
    {
      name: "ratio-good",
      objective: 99,
      window,
      sli: ratio({ good: { promql: "avg by (cluster) (evaluation_ok_ratio)" } }),
    },
    {
      name: "composite-worst",
      objective: 99,
      window,
      dependsOn: ["kinds/events-bad", "kinds/probe"],
      sli: composite({ of: ["kinds/events-bad", "kinds/probe"], as: "worst" }),
    },
    {
      name: "composite-weighted",
      objective: 98,
      window,
      dependsOn: ["kinds/events-bad", "kinds/latency-classic"],
      sli: composite({ of: [{ slo: "kinds/events-bad", weight: 3 }, "kinds/latency-classic"], as: "weighted" }),
    },
    {
      name: "composite-serial",
      objective: 98,
      window,
      dependsOn: ["kinds/events-bad", "kinds/events-good"],
      sli: composite({ of: ["kinds/events-bad", "kinds/events-good"], as: "serial" }),
    },
  ],
});
