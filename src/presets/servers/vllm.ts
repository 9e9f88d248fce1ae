/**
 * vLLM, its own metrics and those of its HTTP server. Names and boundaries: vllm/v1/metrics/loggers.py and, for the engine
 * before it, vllm/engine/metrics.py.
 */
import { z } from "zod";
import { aggregate, binary, isTrue, number, on, sumBy } from "../../promql/build.ts";
import { assemble } from "../assemble/assemble.ts";
import { atMost, bounded, share, ticketsOnly } from "../assemble/blueprints.ts";
import { namePart, patternOption } from "../assemble/option-schemas.ts";
import type { PresetBudget, PresetOptions, PresetPrices, ServiceParts } from "../assemble/options.ts";
import type { Blueprint, Preset } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";
import { budgetsSchema, pricesSchema, spendAtPrices, tokensOn } from "../assemble/spend.ts";
import { answersOf, HANDLERS } from "./vllm-answers.ts";
import { latenciesOfV0, latenciesOfV1 } from "./vllm-latencies.ts";

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

/** Options of `vllm()`. */
export interface VllmOptions extends PresetOptions<VllmSlo, VllmLatency | "saturation" | "kv-cache" | "preemptions"> {
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
  /** Prices of tokens, `input` and `output`, by `model_name`. */
  readonly prices?: PresetPrices;
  /** Budgets of money, at these prices. */
  readonly spend?: readonly PresetBudget[];
  /** Budgets of tokens, prompt and generated together. */
  readonly tokens?: readonly PresetBudget[];
}

/**
 * SLOs of a vLLM server: answers, engine errors, TTFT, ITL, TPOT, end-to-end, queue time, goodput and saturation,
 * by `model_name`.
 */
export function vllm(options: VllmOptions = {}): ServiceParts {
  return assemble(vllmPreset, options, vllm);
}

type Own = Required<Pick<VllmOptions, "prefix" | "handlers">> &
  Pick<VllmOptions, "version" | "tokens" | "prices" | "spend">;

export const vllmPreset: Preset<Own> = {
  name: "vllm",
  own: {
    prefix: namePart.default("vllm:"),
    handlers: patternOption.default(HANDLERS),
    version: z.enum(["v1", "v0"]).optional(),
    prices: pricesSchema,
    spend: budgetsSchema,
    tokens: budgetsSchema,
  },
  slos: (options, select) => [
    ...errors(options, select),
    ...pinned(
      options.version === "v0" ? latenciesOfV0(options.prefix, select) : latenciesOfV1(options.prefix, select),
      options,
    ),
    ...saturation(options, select),
  ],
  budgets: ({ prefix, prices, spend, tokens }, select) => {
    const [input, output] = [`${prefix}prompt_tokens_total`, `${prefix}generation_tokens_total`];
    return [
      ...spendAtPrices(
        { tokens: { input: select(input), output: select(output) }, model: "model_name" },
        prices,
        spend,
      ),
      ...tokensOn([select.node(input), select.node(output)], tokens),
    ];
  },
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

const groupBy = ["model_name"];

function errors({ prefix, version, handlers }: Own, select: Select): Blueprint[] {
  const finished = `${prefix}request_success_total`;
  const availability = share({
    name: "availability",
    description: "Requests that a client got right are answered. Client errors are not counted.",
    objective: 99.9,
    groupBy,
    lacks: ["model_name", "engine"],
    ...answersOf(prefix, handlers, select),
  });
  const engineErrors = share({
    name: "engine-errors",
    description: "Generations end without an engine error, those that fail after a 200 while streaming included.",
    objective: 99.9,
    groupBy,
    total: select(finished),
    bad: select(finished, 'finished_reason="error"'),
  });
  const aborts = share({
    name: "aborts",
    description:
      "Generations are not given up by their clients: what is too slow for them ends here, and in no histogram.",
    objective: 95,
    groupBy,
    alerting: ticketsOnly,
    total: select(finished),
    bad: select(finished, 'finished_reason="abort"'),
  });
  return version === "v0" ? [availability, aborts] : [availability, engineErrors, aborts];
}

/** A version that was named pins its bucket lists; without one, thresholds must be boundaries of all. */
function pinned(latencies: readonly Blueprint[], { version }: Own): readonly Blueprint[] {
  return version === undefined ? latencies : latencies.map((blueprint) => ({ ...blueprint, version }));
}

function saturation({ prefix, version }: Own, select: Select): Blueprint[] {
  const waiting = select.node(`${prefix}num_requests_waiting`);
  const cache = select.node(`${prefix}${version === "v0" ? "gpu_cache_usage_perc" : "kv_cache_usage_perc"}`);
  return [
    bounded({
      name: "saturation",
      description: "Few requests wait in an engine's queue.",
      objective: 99,
      groupBy,
      metric: select(`${prefix}num_requests_waiting`),
      op: "<=",
      threshold: 10,
    }),
    bounded({
      name: "kv-cache",
      description: "The KV cache is not full while requests wait. Full alone is no harm: it is well used.",
      objective: 99,
      groupBy,
      alerting: ticketsOnly,
      // The fullest engine of the group; zero where nothing waits.
      metric: {
        meaning: "the used share of the fullest engine's KV cache, while requests wait,",
        of: (by) => binary("*", aggregate("max", by, cache), isTrue(">", sumBy(by, waiting), number(0)), on(...by)),
      },
      op: "<=",
      threshold: 0.95,
    }),
    atMost({
      name: "preemptions",
      description: "Requests are hardly preempted, per second and model: each is computed again.",
      objective: 99,
      groupBy,
      alerting: ticketsOnly,
      metric: select(`${prefix}num_preemptions_total`),
      threshold: 1,
    }),
  ];
}
