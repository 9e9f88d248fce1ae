/** SGLang. Names: python/sglang/srt/observability/metrics_collector.py. */

import { assemble } from "../assemble/assemble.ts";
import { ticketsOnly } from "../assemble/blueprints.ts";
import type { ServiceParts } from "../assemble/options.ts";
import type { Preset } from "../assemble/preset.ts";
import { batchChecks } from "./batch-checks.ts";
import {
  type ModelServer,
  type ServerOptions,
  serverBudgets,
  serverSlos,
  type TokenBudgets,
  tokenOptions,
} from "./model-server.ts";

type SglangLatency = "time-to-first-token" | "inter-token-latency" | "end-to-end-latency";

/** Names of the SLOs of `sglang()`. */
export type SglangSlo = SglangLatency | "availability" | "aborts" | "saturation";

/**
 * Options of `sglang()`. Its bucket boundaries are command line options: give yours in `buckets` where you changed them. Its
 * models are `model_name`.
 */
export type SglangOptions = ServerOptions<SglangSlo, SglangLatency | "saturation">;

/**
 * SLOs of an SGLang server, by `model_name` and over all ranks. Versions without `sglang:http_responses_total` leave out
 * `availability`. No goodput: its token latency is weighted by tokens, and a bound needs one by requests.
 *
 * @example sglang({ without: ["availability"] })
 */
export function sglang(options: SglangOptions = {}): ServiceParts {
  return assemble(sglangPreset, options, sglang);
}

/** Its own pages are not requests for a model. */
const API = 'endpoint!~"/metrics|/health.*"';

/** An answer that is not streamed has its first token when it is done. Older versions have no such label. */
const STREAMED = 'is_streaming!="false"';

const server: ModelServer = {
  model: "model_name",
  slos: [
    {
      name: "availability",
      description: "Valid requests are answered. Client errors are not counted.",
      objective: 99.9,
      lacks: ["model_name", "engine_type", "tp_rank", "pp_rank"],
      total: ["sglang:http_responses_total", `${API},status_code!~"4.."`],
      bad: ["sglang:http_responses_total", `${API},status_code=~"5.."`],
    },
    // One that is aborted while it waits is never counted as a request; one that was running is, and so is in both.
    {
      name: "aborts",
      description:
        "Requests are not aborted: those that are too slow for their client count here. One that was already running counts half, since it is in both counters.",
      objective: 99,
      alerting: ticketsOnly,
      counted: "requests",
      sum: ["sglang:num_requests_total", "sglang:num_aborted_requests_total"],
      bad: "sglang:num_aborted_requests_total",
    },
    {
      name: "time-to-first-token",
      description: "The answer starts in time. Only streamed answers, if the version distinguishes them.",
      histogram: ["sglang:time_to_first_token_seconds", STREAMED],
      threshold: "1s",
      companion: "aborts",
    },
    {
      name: "inter-token-latency",
      histogram: "sglang:inter_token_latency_seconds",
      threshold: "100ms",
      companion: "aborts",
    },
    {
      name: "end-to-end-latency",
      histogram: "sglang:e2e_request_latency_seconds",
      threshold: "20s",
      companion: "availability",
    },
    { queue: "sglang:num_queue_reqs" },
  ],
  tokens: { input: "sglang:prompt_tokens_total", output: "sglang:generation_tokens_total" },
};

export const sglangPreset: Preset<TokenBudgets> = {
  name: "sglang",
  ai: true,
  own: tokenOptions,
  slos: (_options, select) => serverSlos(server, select),
  budgets: (options, select) => serverBudgets(server, options, select),
  checks: (_options, select) => [
    ...batchChecks(
      {
        waiting: "sglang:num_queue_reqs",
        running: "sglang:num_running_reqs",
        limit: "--max-running-requests",
        cache: { what: "Token memory in use", metric: "sglang:token_usage" },
      },
      select,
    ),
    {
      what: "Hits of the prefix cache",
      how: "It fell: prompts begin otherwise than before, or routing spreads them over engines.",
      query: `min by (model_name) (${select("sglang:cache_hit_rate")})`,
    },
  ],
  examples: [{ options: {}, sample: "sglang" }],
};
