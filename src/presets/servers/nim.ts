/** NVIDIA NIM for LLMs: an older vLLM's names without their prefix. From a dump of a running one. */

import { assemble } from "../assemble/assemble.ts";
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

type NimLatency = "time-to-first-token" | "inter-token-latency" | "end-to-end-latency";

/** Names of the SLOs of `nim()`. */
export type NimSlo = NimLatency | "availability" | "saturation";

/** Options of `nim()`. Give `job`: its metrics have no prefix that would tell them from others. Its models are `model_name`. */
export type NimOptions = ServerOptions<NimSlo, NimLatency | "saturation">;

/**
 * SLOs of a NIM, by `model_name`. No goodput: its token latency is weighted by tokens, and a bound needs one by requests.
 *
 * @example nim({ job: "nim" })
 */
export function nim(options: NimOptions = {}): ServiceParts {
  return assemble(nimPreset, options, nim);
}

const server: ModelServer = {
  model: "model_name",
  slos: [
    {
      name: "availability",
      description: "Generations do not fail.",
      objective: 99.9,
      counted: "generations",
      sum: ["request_success_total", "request_failure_total"],
      bad: "request_failure_total",
    },
    {
      name: "time-to-first-token",
      histogram: "time_to_first_token_seconds",
      threshold: "1s",
      companion: "availability",
    },
    {
      name: "inter-token-latency",
      histogram: "time_per_output_token_seconds",
      threshold: "100ms",
      companion: "availability",
    },
    {
      name: "end-to-end-latency",
      histogram: "e2e_request_latency_seconds",
      threshold: "30s",
      companion: "availability",
    },
    { queue: "num_requests_waiting", description: "Few requests wait." },
  ],
  tokens: { input: "prompt_tokens_total", output: "generation_tokens_total" },
};

export const nimPreset: Preset<TokenBudgets> = {
  name: "nim",
  ai: true,
  own: tokenOptions,
  slos: (_options, select) => serverSlos(server, select),
  budgets: (options, select) => serverBudgets(server, options, select),
  checks: (_options, select) =>
    batchChecks(
      {
        waiting: "num_requests_waiting",
        running: "num_requests_running",
        limit: "num_request_max",
        cache: { what: "KV cache in use", metric: "gpu_cache_usage_perc" },
      },
      select,
    ),
  examples: [{ options: {}, sample: "nvidia-nim" }],
};
