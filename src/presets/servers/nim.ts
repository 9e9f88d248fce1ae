/** NVIDIA NIM for LLMs: an older vLLM's names without their prefix. From a dump of a running one. */
import { assemble } from "../assemble/assemble.ts";
import { bounded, shareOfTwo, within } from "../assemble/blueprints.ts";
import type { PresetBudget, PresetOptions, PresetPrices, ServiceParts } from "../assemble/options.ts";
import type { Blueprint, Preset } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";
import { budgetsSchema, pricesSchema, spendAtPrices, tokensOn } from "../assemble/spend.ts";

type NimLatency = "time-to-first-token" | "inter-token-latency" | "end-to-end-latency";

/** Names of the SLOs of `nim()`. */
export type NimSlo = NimLatency | "availability" | "saturation";

/** Options of `nim()`. Give `job`: its metrics have no prefix that would tell them from others. */
export interface NimOptions extends PresetOptions<NimSlo, NimLatency | "saturation"> {
  /** Prices of tokens, `input` and `output`, by `model_name`. */
  readonly prices?: PresetPrices;
  /** Budgets of money, at these prices. */
  readonly spend?: readonly PresetBudget[];
  /** Budgets of tokens, prompt and generated together. */
  readonly tokens?: readonly PresetBudget[];
}

/** SLOs of a NIM, by `model_name`. No goodput: its token latency is weighted by tokens, and a bound needs one by requests. */
export function nim(options: NimOptions = {}): ServiceParts {
  return assemble(nimPreset, options, nim);
}

type Own = Pick<NimOptions, "tokens" | "prices" | "spend">;

export const nimPreset: Preset<Own> = {
  name: "nim",
  own: { prices: pricesSchema, spend: budgetsSchema, tokens: budgetsSchema },
  slos: (_options, select) => [answers(select), ...latencies(select), waiting(select)],
  budgets: ({ prices, spend, tokens }, select) => {
    const [input, output] = ["prompt_tokens_total", "generation_tokens_total"] as const;
    return [
      ...spendAtPrices(
        { tokens: { input: select(input), output: select(output) }, model: "model_name" },
        prices,
        spend,
      ),
      ...tokensOn([select.node(input), select.node(output)], tokens),
    ];
  },
  checks: (_options, select) => [
    {
      what: "Requests that wait",
      how: "Many wait: the engine is too small, or too much arrives. Add replicas, or shed load.",
      query: `sum by (model_name) (${select("num_requests_waiting")})`,
    },
    {
      what: "Requests that run",
      how: "At `num_request_max` a batch is full; at nothing the engine hangs: restart it.",
      query: `sum by (model_name) (${select("num_requests_running")})`,
    },
    {
      what: "KV cache in use",
      how: "Near 1 while requests wait: long prompts and answers fill it. Limit their length, or add replicas.",
      query: `max by (model_name) (${select("gpu_cache_usage_perc")})`,
    },
  ],
  examples: [{ options: {}, sample: "nvidia-nim" }],
};

const groupBy = ["model_name"];

function answers(select: Select): Blueprint {
  return shareOfTwo({
    name: "availability",
    description: "Generations do not fail.",
    objective: 99.9,
    groupBy,
    counted: "generations",
    good: select.node("request_success_total"),
    bad: select.node("request_failure_total"),
  });
}

function latencies(select: Select): Blueprint[] {
  return [
    within({
      name: "time-to-first-token",
      description: "The answer begins soon.",
      objective: 95,
      groupBy,
      histogram: select("time_to_first_token_seconds"),
      threshold: "1s",
      companion: "availability",
    }),
    within({
      name: "inter-token-latency",
      description: "The next token comes soon. Weighted by tokens: long answers count more.",
      objective: 99,
      groupBy,
      histogram: select("time_per_output_token_seconds"),
      threshold: "100ms",
      companion: "availability",
    }),
    within({
      name: "end-to-end-latency",
      description: "The whole answer is there in time.",
      objective: 95,
      groupBy,
      histogram: select("e2e_request_latency_seconds"),
      threshold: "30s",
      companion: "availability",
    }),
  ];
}

function waiting(select: Select): Blueprint {
  return bounded({
    name: "saturation",
    description: "Few requests wait.",
    objective: 99,
    groupBy,
    metric: select("num_requests_waiting"),
    op: "<=",
    threshold: 10,
  });
}
