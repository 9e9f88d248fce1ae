/** Envoy AI Gateway, which measures by OpenTelemetry's GenAI conventions. Names: internal/metrics/genai.go. */
import { assemble } from "./assemble.ts";
import { budgetsSchema, tokensOn } from "./budgets.ts";
import { genaiServer } from "./genai-server.ts";
import type { PresetBudget, PresetOptions, ServiceParts } from "./options.ts";
import type { Preset } from "./preset.ts";

type EnvoyAiLatency = "time-to-first-token" | "time-per-output-token" | "operation-latency";

/** Names of the SLOs of `envoyAi()`. */
export type EnvoyAiSlo = EnvoyAiLatency | "availability" | "goodput";

/** Options of `envoyAi()`. */
export interface EnvoyAiOptions extends PresetOptions<EnvoyAiSlo, EnvoyAiLatency> {
  /** Budgets of tokens, input and output together. Labels are `gen_ai_request_model`, `gen_ai_original_model`, and those mapped from headers. */
  readonly tokens?: readonly PresetBudget[];
}

/**
 * SLOs of an Envoy AI Gateway, by `gen_ai_provider_name` and `gen_ai_request_model`. It calls every failure `_OTHER`, the
 * callers' own included: its availability promises less than others, and status codes are in Envoy's own metrics (`httpRed`).
 */
export function envoyAi(options: EnvoyAiOptions = {}): ServiceParts {
  return assemble(envoyAiPreset, options, envoyAi);
}

type Own = Pick<EnvoyAiOptions, "tokens">;

export const envoyAiPreset: Preset<Own> = {
  name: "envoyAi",
  own: { tokens: budgetsSchema },
  slos: (_options, select) => {
    const groupBy = ["gen_ai_provider_name", "gen_ai_request_model"];
    return genaiServer({ select, naming: "suffixes", histogram: "classic", groupBy }, 99);
  },
  // Cached input is a part of input, and reasoning one of output.
  budgets: ({ tokens }, select) =>
    tokensOn(select("gen_ai_client_token_usage_sum", 'gen_ai_token_type=~"input|output"'), tokens),
  examples: [{ options: {}, sample: "envoy-ai-gateway" }],
};
