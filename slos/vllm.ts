import { defineService, events, gauge, latency } from "firebreak";
import { vllmBudgets } from "./budgets.ts";

const api = 'handler=~"/v1/(chat/completions|completions|embeddings|responses)"';

/** A vLLM server (V1 engine), on the metric names and bucket boundaries that it really exposes. */
export const vllm = defineService({
  name: "vllm",
  description: "Serves the models themselves.",
  owner: "ml-platform",
  runbooks: "https://runbooks.example.com/vllm",
  slos: [
    {
      name: "availability",
      description: "Requests that a client got right are answered. Client errors are not counted.",
      objective: 99.9,
      sli: events({
        total: `http_requests_total{job="vllm",${api},status!="4xx"}`,
        bad: `http_requests_total{job="vllm",${api},status="5xx"}`,
      }),
    },
    {
      name: "engine-errors",
      description: "Generations end without an engine error, those that fail after a 200 while streaming included.",
      objective: 99.9,
      groupBy: ["model_name"],
      sli: events({
        total: 'vllm:request_success_total{job="vllm"}',
        bad: 'vllm:request_success_total{job="vllm",finished_reason="error"}',
      }),
    },
    {
      name: "time-to-first-token",
      objective: 95,
      groupBy: ["model_name"],
      sli: latency({ histogram: 'vllm:time_to_first_token_seconds{job="vllm"}', threshold: "1s" }),
    },
    {
      name: "inter-token-latency",
      description: "Weighted by tokens: long answers count more.",
      objective: 99,
      groupBy: ["model_name"],
      sli: latency({ histogram: 'vllm:inter_token_latency_seconds{job="vllm"}', threshold: "100ms" }),
    },
    {
      name: "end-to-end-latency",
      objective: 95,
      groupBy: ["model_name"],
      sli: latency({ histogram: 'vllm:e2e_request_latency_seconds{job="vllm"}', threshold: "30s" }),
    },
    {
      name: "queue-time",
      objective: 99,
      groupBy: ["model_name"],
      sli: latency({ histogram: 'vllm:request_queue_time_seconds{job="vllm"}', threshold: "300ms" }),
    },
    {
      name: "saturation",
      description: "At most 10 requests wait in an engine's queue.",
      objective: 99,
      groupBy: ["model_name"],
      sli: gauge({ metric: 'vllm:num_requests_waiting{job="vllm"}', op: "<=", threshold: 10 }),
    },
  ],
  budgets: vllmBudgets,
});
