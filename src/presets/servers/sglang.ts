/** SGLang. Names: python/sglang/srt/observability/metrics_collector.py. */
import { assemble } from "../assemble/assemble.ts";
import { bounded, share, shareOfSum, ticketsOnly, within } from "../assemble/blueprints.ts";
import type { PresetBudget, PresetOptions, PresetPrices, ServiceParts } from "../assemble/options.ts";
import type { Blueprint, Preset } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";
import { budgetsSchema, pricesSchema, spendAtPrices, tokensOn } from "../assemble/spend.ts";

type SglangLatency = "time-to-first-token" | "inter-token-latency" | "end-to-end-latency";

/** Names of the SLOs of `sglang()`. */
export type SglangSlo = SglangLatency | "availability" | "aborts" | "saturation";

/** Options of `sglang()`. Its bucket boundaries are command line options: give yours in `buckets` where you changed them. */
export interface SglangOptions extends PresetOptions<SglangSlo, SglangLatency | "saturation"> {
  /** Prices of tokens, `input` and `output`, by `model_name`. */
  readonly prices?: PresetPrices;
  /** Budgets of money, at these prices. */
  readonly spend?: readonly PresetBudget[];
  /** Budgets of tokens, prompt and generated together. */
  readonly tokens?: readonly PresetBudget[];
}

/**
 * SLOs of an SGLang server, by `model_name` and over all ranks. Versions without `sglang:http_responses_total` leave out
 * `availability`. No goodput: its token latency is weighted by tokens, and a bound needs one by requests.
 */
export function sglang(options: SglangOptions = {}): ServiceParts {
  return assemble(sglangPreset, options, sglang);
}

type Own = Pick<SglangOptions, "tokens" | "prices" | "spend">;

export const sglangPreset: Preset<Own> = {
  name: "sglang",
  own: { prices: pricesSchema, spend: budgetsSchema, tokens: budgetsSchema },
  slos: (_options, select) => [...errors(select), ...latencies(select), waiting(select)],
  budgets: ({ prices, spend, tokens }, select) => {
    const [input, output] = ["sglang:prompt_tokens_total", "sglang:generation_tokens_total"] as const;
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
      query: `sum by (model_name) (${select("sglang:num_queue_reqs")})`,
    },
    {
      what: "Requests that run",
      how: "At `--max-running-requests` a batch is full; at nothing the engine hangs: restart it.",
      query: `sum by (model_name) (${select("sglang:num_running_reqs")})`,
    },
    {
      what: "Token memory in use",
      how: "Near 1 while requests wait: long prompts and answers fill it. Limit their length, or add replicas.",
      query: `max by (model_name) (${select("sglang:token_usage")})`,
    },
    {
      what: "Hits of the prefix cache",
      how: "It fell: prompts begin otherwise than before, or routing spreads them over engines.",
      query: `min by (model_name) (${select("sglang:cache_hit_rate")})`,
    },
  ],
  examples: [{ options: {}, sample: "sglang" }],
};

const groupBy = ["model_name"];
/** Its own pages are no requests for a model. */
const API = 'endpoint!~"/metrics|/health.*"';

/** An answer that is not streamed has its first token when it is done. Older versions have no such label. */
const STREAMED = 'is_streaming!="false"';

function errors(select: Select): Blueprint[] {
  const aborted = select.node("sglang:num_aborted_requests_total");
  return [
    share({
      name: "availability",
      description: "Requests that a client got right are answered. Client errors are not counted.",
      objective: 99.9,
      groupBy,
      lacks: ["model_name", "engine_type", "tp_rank", "pp_rank"],
      total: select("sglang:http_responses_total", `${API},status_code!~"4.."`),
      bad: select("sglang:http_responses_total", `${API},status_code=~"5.."`),
    }),
    // One that is aborted while it waits is never counted as a request; one that was running is, and so is in both.
    shareOfSum({
      name: "aborts",
      description:
        "Requests are not aborted: what is too slow for its client ends here. One that was running already counts half, being in both counters.",
      objective: 99,
      groupBy,
      alerting: ticketsOnly,
      counted: "requests",
      total: [select.node("sglang:num_requests_total"), aborted],
      bad: aborted,
    }),
  ];
}

function latencies(select: Select): Blueprint[] {
  return [
    within({
      name: "time-to-first-token",
      description: "The answer begins soon. Streamed answers only, where the version tells them apart.",
      objective: 95,
      groupBy,
      histogram: select("sglang:time_to_first_token_seconds", STREAMED),
      threshold: "1s",
      companion: "aborts",
    }),
    within({
      name: "inter-token-latency",
      description: "The next token comes soon. Weighted by tokens: long answers count more.",
      objective: 99,
      groupBy,
      histogram: select("sglang:inter_token_latency_seconds"),
      threshold: "100ms",
      companion: "aborts",
    }),
    within({
      name: "end-to-end-latency",
      description: "The whole answer is there in time.",
      objective: 95,
      groupBy,
      histogram: select("sglang:e2e_request_latency_seconds"),
      threshold: "20s",
      companion: "availability",
    }),
  ];
}

function waiting(select: Select): Blueprint {
  return bounded({
    name: "saturation",
    description: "Few requests wait in a server's queue.",
    objective: 99,
    groupBy,
    metric: select("sglang:num_queue_reqs"),
    op: "<=",
    threshold: 10,
  });
}
