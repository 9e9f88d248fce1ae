/**
 * vLLM, its own metrics and those of its HTTP server. Names and boundaries: vllm/v1/metrics/loggers.py and, for the engine
 * before it, vllm/engine/metrics.py.
 */
import { z } from "zod";
import { assemble } from "../assemble/assemble.ts";
import { namePart, patternOption } from "../assemble/option-schemas.ts";
import type { ServiceParts } from "../assemble/options.ts";
import type { Preset } from "../assemble/preset.ts";
import { type ServerOptions, serverBudgets, serverSlos, type TokenBudgets, tokenOptions } from "./model-server.ts";
import { HANDLERS } from "./vllm-answers.ts";
import { vllmServer } from "./vllm-server.ts";

type VllmLatency =
  | "time-to-first-token"
  | "inter-token-latency"
  | "time-per-output-token"
  | "end-to-end-latency"
  | "queue-time";

/** Names of the SLOs of `vllm()`. */
export type VllmSlo =
  | VllmLatency
  | "availability"
  | "engine-errors"
  | "aborts"
  | "goodput"
  | "saturation"
  | "kv-cache"
  | "preemptions";

/** Options of `vllm()`. Its models are `model_name`. */
export interface VllmOptions extends ServerOptions<VllmSlo, VllmLatency | "saturation" | "kv-cache" | "preemptions"> {
  /**
   * What vLLM's own metrics begin with. Default `vllm:`; `ray_vllm_`, or `ray_vllm:` of older Rays, also takes the answers from
   * Ray Serve, not from vLLM's server.
   */
  readonly prefix?: "vllm:" | "ray_vllm_" | "ray_vllm:" | (string & {});
  /** A pattern of the paths that count as requests for a model. Default: all of vLLM's, chat, messages, embeddings, audio, scores. */
  readonly handlers?: string;
  /**
   * The engine. `v0`, before vLLM 0.8: other bucket lists, the older name of the inter-token latency, and no queue time,
   * time per output token or error reason. Default `v1`.
   */
  readonly version?: "v1" | "v0";
}

/**
 * SLOs of a vLLM server: answers, engine errors, TTFT, ITL, TPOT, end-to-end, queue time, goodput and saturation,
 * by `model_name`.
 *
 * @example vllm({ objectives: { availability: 99.5 }, thresholds: { "time-to-first-token": "500ms" } })
 */
export function vllm(options: VllmOptions = {}): ServiceParts {
  return assemble(vllmPreset, options, vllm);
}

type Own = Required<Pick<VllmOptions, "prefix" | "handlers">> & Pick<VllmOptions, "version"> & TokenBudgets;

export const vllmPreset: Preset<Own> = {
  name: "vllm",
  ai: true,
  words: { version: "`v1` is the engine of vLLM since 0.8, and `v0` the one before." },
  own: {
    prefix: namePart.default("vllm:"),
    handlers: patternOption.default(HANDLERS),
    version: z.enum(["v1", "v0"]).optional(),
    ...tokenOptions,
  },
  slos: (options, select) => serverSlos(vllmServer(options), select),
  budgets: (options, select) => serverBudgets(vllmServer(options), options, select),
  checks: ({ prefix, version }, select) => [
    {
      what: "Requests that wait",
      how: "Many wait while few run: the engine is held up by memory; many wait and many run: it is too small, or too much arrives.",
      query: `sum by (model_name) (${select(`${prefix}num_requests_waiting`)})`,
    },
    {
      what: "Requests that run",
      how: "At `--max-num-seqs` a batch is full: add replicas, or shed load. At nothing the engine hangs: restart it.",
      query: `sum by (model_name) (${select(`${prefix}num_requests_running`)})`,
    },
    {
      what: "KV cache in use",
      how: "Near 1 while requests wait: long prompts and answers fill it. Limit `max_tokens`, or add replicas.",
      query: `max by (model_name) (${select(`${prefix}${version === "v0" ? "gpu_cache_usage_perc" : "kv_cache_usage_perc"}`)})`,
    },
    {
      what: "Preemptions per second",
      how: "Each computes a request again. Lower `--max-num-seqs`, or give the cache more memory.",
      query: `sum by (model_name) (rate(${select(`${prefix}num_preemptions_total`)}[5m]))`,
    },
  ],
  examples: [
    { options: {}, sample: "vllm" },
    { options: { prefix: "ray_vllm_" }, sample: "vllm-ray" },
    { options: { version: "v0" }, sample: "vllm-v0" },
  ],
};
