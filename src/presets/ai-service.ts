/** A service that is instrumented with the names of AI best practice: `ai_inference_…`, `ai_tokens_used_total`. */
import { assemble } from "./assemble/assemble.ts";
import { atLeast, bounded, share, within } from "./assemble/blueprints.ts";
import { namePart } from "./assemble/option-schemas.ts";
import type { PresetBudget, PresetOptions, ServiceParts } from "./assemble/options.ts";
import type { Blueprint, Preset } from "./assemble/preset.ts";
import type { Select } from "./assemble/select.ts";
import { budgetsSchema, spendOn, tokensOn } from "./assemble/spend.ts";

type AiServiceLatency = "latency" | "latency-p50" | "latency-p99";

/** Names of the SLOs of `aiService()`. */
export type AiServiceSlo =
  | AiServiceLatency
  | "availability"
  | "error-rate"
  | "throughput"
  | "token-rate"
  | "saturation";

/** Options of `aiService()`. */
export interface AiServiceOptions
  extends PresetOptions<AiServiceSlo, AiServiceLatency | "throughput" | "token-rate" | "saturation"> {
  /** The namespace of the metrics: `ai` makes `ai_inference_requests_total`. Default `ai`. */
  readonly namespace?: string;
  /** Budgets of money on `ai_inference_cost_dollars_total`, which carries `model` and `user_tier`. Default: none. */
  readonly spend?: readonly PresetBudget[];
  /** Budgets of tokens on `ai_tokens_used_total`. Default: none. */
  readonly tokens?: readonly PresetBudget[];
}

/**
 * SLOs of a service with its own instrumentation: availability (of `job`, where it is given), errors by `model`, latency as
 * shares of requests, throughput, tokens per second and the queue.
 *
 * @example aiService({ objectives: { "error-rate": 99.5 } })
 */
export function aiService(options: AiServiceOptions = {}): ServiceParts {
  return assemble(aiServicePreset, options, aiService);
}

type Own = Required<Pick<AiServiceOptions, "namespace">> & Pick<AiServiceOptions, "spend" | "tokens">;

export const aiServicePreset: Preset<Own> = {
  name: "aiService",
  ai: true,
  own: { namespace: namePart.default("ai"), spend: budgetsSchema, tokens: budgetsSchema },
  slos: ({ namespace }, select) => [
    ...errors(namespace, select),
    ...latencies(namespace, select),
    ...work(namespace, select),
  ],
  budgets: ({ namespace, spend, tokens }, select) => [
    ...spendOn(select(`${namespace}_inference_cost_dollars_total`), spend),
    ...tokensOn(select(`${namespace}_tokens_used_total`), tokens),
  ],
  checks: ({ namespace }, select) => [
    {
      what: "Requests that wait",
      how: "A long queue means too little capacity or too much traffic. Add replicas, or shed load.",
      query: `sum by (model) (${select(`${namespace}_inference_queue_requests`)})`,
    },
    {
      what: "Requests per second",
      how: "Did one model grow, or fall to nothing?",
      query: `sum by (model) (rate(${select(`${namespace}_inference_requests_total`)}[5m]))`,
    },
    {
      what: "Tokens per second and kind",
      how: "Input grew: longer prompts, or a loop. Output grew: longer answers; limit their length.",
      query: `sum by (model, direction) (rate(${select(`${namespace}_tokens_used_total`)}[5m]))`,
    },
  ],
  examples: [{ options: { job: "ai-service-1" }, sample: "ai-service" }],
};

function errors(namespace: string, select: Select): Blueprint[] {
  const up: Blueprint = {
    name: "availability",
    description: "The service can be scraped: its uptime.",
    objective: 99.9,
    lacks: ["model", "user_tier"],
    sli: () => ({ kind: "probe", metric: select("up") }),
  };
  const failed = share({
    name: "error-rate",
    description: "A model's requests do not fail.",
    objective: 99.9,
    groupBy: ["model"],
    minBad: 10,
    total: select(`${namespace}_inference_requests_total`),
    bad: select(`${namespace}_inference_errors_total`),
  });
  // Without a job, `up` would be that of every target there is.
  return select.job === undefined ? [failed] : [up, failed];
}

function latencies(namespace: string, select: Select): Blueprint[] {
  const latency = { histogram: select(`${namespace}_inference_latency_seconds`), companion: "error-rate" };
  return [
    within({
      ...latency,
      name: "latency",
      description: "Requests are within the threshold: with 95%, it bounds the P95.",
      objective: 95,
      threshold: "1s",
    }),
    within({
      ...latency,
      name: "latency-p50",
      description: "The typical request is fast: half of them are within the threshold. Nobody is paged for it.",
      objective: 50,
      threshold: "250ms",
      alerting: { tiers: [{ name: "ticket-slow", severity: "ticket", long: "3d", short: "6h", burn: 1 }] },
    }),
    within({
      ...latency,
      name: "latency-p99",
      description: "The slow tail is within the threshold.",
      objective: 99,
      threshold: "5s",
    }),
  ];
}

function work(namespace: string, select: Select): Blueprint[] {
  return [
    atLeast({
      name: "throughput",
      description: "Requests per second are completed, measured by the minute.",
      objective: 99,
      metric: select(`${namespace}_inference_requests_total`),
      threshold: 1,
    }),
    atLeast({
      name: "token-rate",
      description: "Tokens per second are used, measured by the minute.",
      objective: 99,
      metric: select(`${namespace}_tokens_used_total`),
      threshold: 100,
    }),
    bounded({
      name: "saturation",
      description: "The queue of each model is short.",
      objective: 99,
      groupBy: ["model"],
      metric: select(`${namespace}_inference_queue_requests`),
      op: "<=",
      threshold: 10,
    }),
  ];
}
