/** The declarations that docs/ shows beside their rules. */
import {
  composite,
  definePlatform,
  defineService,
  events,
  freshness,
  gauge,
  latency,
  probe,
  ratio,
  score,
  throughput,
} from "../../src/index.ts";

const runbooks = "https://runbooks.example.com";
const owner = "shop";

const gateway = defineService({
  name: "inference-gateway",
  owner,
  runbooks,
  slos: [
    {
      name: "error-rate",
      objective: 99.9,
      groupBy: ["model"],
      sli: events({ total: "ai_inference_requests_total", bad: "ai_inference_errors_total" }),
    },
    { name: "latency", objective: 95, sli: latency({ histogram: "ai_inference_latency_seconds", threshold: "1s" }) },
    {
      name: "saturation",
      objective: 99,
      groupBy: ["model"],
      sli: gauge({ metric: "ai_inference_queue_requests", op: "<=", threshold: 10 }),
    },
    { name: "availability", objective: 99.9, sli: probe({ metric: 'up{job="inference-gateway"}' }) },
    { name: "throughput", objective: 99, sli: throughput({ metric: "ai_tokens_used_total", atLeast: 100 }) },
  ],
});

const requests = (name: string) => ({
  name,
  objective: 99.9,
  sli: events({ total: `${name}_requests_total`, bad: `${name}_errors_total` }),
});

const shop = defineService({
  name: "shop",
  owner,
  runbooks,
  slos: [
    {
      name: "queries",
      objective: 99,
      sli: latency({ histogram: "query_seconds", threshold: "500ms", type: "native" }),
    },
    { name: "stars", objective: 80, sli: score({ sum: "stars_total", count: "ratings_total", max: 5 }) },
    {
      name: "index",
      objective: 99,
      sli: freshness({ timestamp: "index_last_success_timestamp_seconds", maxAge: "6h" }),
    },
    { name: "evaluation", objective: 90, sli: ratio({ good: "eval:pass_ratio" }) },
    requests("search"),
    requests("pay"),
    { name: "s", objective: 99, sli: composite({ as: "serial", of: ["shop/search", "shop/pay"] }) },
    {
      name: "expression",
      objective: 99,
      groupBy: ["model"],
      sli: events({
        total: { promql: "sum by (model) (rate(a_total[$window]))" },
        bad: { promql: "sum by (model) (rate(b_total[$window]))" },
      }),
    },
  ],
});

const central = defineService({
  name: "central",
  owner,
  runbooks,
  slos: [
    {
      name: "requests",
      objective: 99.9,
      groupBy: ["model"],
      sli: events({ total: 'requests_total{job="shop"}', bad: 'errors_total{job="shop"}' }),
    },
  ],
});

/** Each with its own environment. */
export const examples = [
  { services: [gateway, shop], platform: definePlatform({}) },
  {
    services: [central],
    platform: definePlatform({
      identity: ["cluster"],
      settle: "2m",
      scrapeInterval: "1m",
      evaluationInterval: "1m",
    }),
  },
];
