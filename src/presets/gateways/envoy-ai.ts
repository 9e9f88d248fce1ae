/** Envoy AI Gateway, which measures by OpenTelemetry's GenAI conventions. Names: internal/metrics/genai.go. */
import { z } from "zod";
import { assemble } from "../assemble/assemble.ts";
import type { PresetBudget, PresetOptions, PresetPrices, ServiceParts } from "../assemble/options.ts";
import type { Preset } from "../assemble/preset.ts";
import { budgetsSchema, pricesSchema, spendAtPrices, tokensOn } from "../assemble/spend.ts";
import { genaiServer } from "../genai/genai-server.ts";

type EnvoyAiLatency = "time-to-first-token" | "time-per-output-token" | "operation-latency";

/** Names of the SLOs of `envoyAi()`. */
export type EnvoyAiSlo = EnvoyAiLatency | "availability" | "goodput";

/** Options of `envoyAi()`. */
export interface EnvoyAiOptions extends PresetOptions<EnvoyAiSlo, EnvoyAiLatency> {
  /** Prices of tokens, `input` and `output`, and where they differ `cached_input`, `cache_creation_input` and `reasoning`, by `gen_ai_request_model`. Default: none. */
  readonly prices?: PresetPrices;
  /** Budgets of money, at these prices. Default: none. */
  readonly spend?: readonly PresetBudget[];
  /** Budgets of tokens, input and output together. Labels are `gen_ai_request_model`, `gen_ai_original_model`, and those mapped from headers. Default: none. */
  readonly tokens?: readonly PresetBudget[];
  /** Whose names. `before-0.5` has the unit in the name of the tokens' histogram: `gen_ai_client_token_usage_token`. Default `current`. */
  readonly names?: "current" | "before-0.5";
}

/**
 * SLOs of an Envoy AI Gateway, by `gen_ai_provider_name` and `gen_ai_request_model`. It calls every failure `_OTHER`, the
 * callers' own included: its availability promises less than others, and status codes are in Envoy's own metrics (`httpRed`).
 *
 * @example envoyAi({ thresholds: { "time-to-first-token": "500ms" }, snap: true })
 */
export function envoyAi(options: EnvoyAiOptions = {}): ServiceParts {
  return assemble(envoyAiPreset, options, envoyAi);
}

type Own = Pick<EnvoyAiOptions, "prices" | "spend" | "tokens"> & Required<Pick<EnvoyAiOptions, "names">>;

export const envoyAiPreset: Preset<Own> = {
  name: "envoyAi",
  ai: true,
  words: { names: "`before-0.5` is Envoy AI Gateway before 0.5, and `current` any release since." },
  own: {
    prices: pricesSchema,
    spend: budgetsSchema,
    tokens: budgetsSchema,
    names: z.enum(["current", "before-0.5"]).default("current"),
  },
  slos: (_options, select) => {
    const groupBy = ["gen_ai_provider_name", "gen_ai_request_model"];
    return genaiServer({ select, naming: "suffixes", histogram: "classic", groupBy, counted: '$error!~"4.."' }, 99);
  },
  budgets: ({ prices, spend, tokens, names }, select) => [
    ...spendAtPrices({ ...priced, tokens: select(TOKENS[names]) }, prices, spend),
    ...tokensOn(select(TOKENS[names], 'gen_ai_token_type=~"input|output"'), tokens),
  ],
  checks: (_options, select) => [
    {
      what: "Requests per second by model",
      how: "Did one model grow, or fall to nothing?",
      query: `sum by (gen_ai_request_model) (rate(${select("gen_ai_server_request_duration_seconds_count")}[5m]))`,
    },
    {
      what: "Mean duration by provider, in seconds",
      how: "One of them alone is slow: it is theirs, see its status page, and route around it.",
      query: `sum by (gen_ai_provider_name) (rate(${select("gen_ai_server_request_duration_seconds_sum")}[5m])) / sum by (gen_ai_provider_name) (rate(${select("gen_ai_server_request_duration_seconds_count")}[5m]))`,
    },
  ],
  examples: [{ options: {}, sample: "envoy-ai-gateway" }],
};

/** Read: cmd/extproc/mainlib/main_test.go of the older one, which asks for the longer name. */
const TOKENS = {
  current: "gen_ai_client_token_usage_sum",
  "before-0.5": "gen_ai_client_token_usage_token_sum",
} as const;

/** Cached input is a part of input, and reasoning one of output. */
const priced = {
  model: "gen_ai_request_model",
  type: "gen_ai_token_type",
  within: { cached_input: "input", cache_creation_input: "input", reasoning: "output" },
} as const;
