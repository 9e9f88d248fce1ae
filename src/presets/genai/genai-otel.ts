/** Services instrumented with OpenTelemetry's GenAI conventions. Names: semantic-conventions-genai, model/gen-ai/metrics.yaml. */
import { z } from "zod";
import type { Problem } from "../../parse/read/read.ts";
import { assemble } from "../assemble/assemble.ts";
import { labelOption, metricOption } from "../assemble/option-schemas.ts";
import type { PresetBudget, PresetOptions, PresetPrices, ServiceParts } from "../assemble/options.ts";
import type { Blueprint, Preset } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";
import { budgetsSchema, pricesSchema, spendAtPrices, spendOn, tokensOn } from "../assemble/spend.ts";
import type { GenaiContext } from "./genai-blueprints.ts";
import { genaiAgents, genaiClient, openlitGuardrails, traceloopClient } from "./genai-client.ts";
import { countedOperations, type GenaiErrors, genaiErrorOptions } from "./genai-errors.ts";
import { type GenaiHistogram, type GenaiNaming, genaiNames } from "./genai-names.ts";
import { genaiServer } from "./genai-server.ts";

type GenaiLatency =
  | "operation-latency"
  | "time-to-first-chunk"
  | "time-per-output-chunk"
  | "time-to-first-token"
  | "time-per-output-token"
  | "agent-latency";

/** Names of the SLOs of `genaiOtel()`; which of them there are depends on `role`, `flavour` and `agents`. */
export type GenaiOtelSlo =
  | GenaiLatency
  | "availability"
  | "rejections"
  | "goodput"
  | "tool-success"
  | "guardrail-blocks";

/** Options of `genaiOtel()`. */
export interface GenaiOtelOptions extends PresetOptions<GenaiOtelSlo, GenaiLatency> {
  /** Who measures: the caller of models, the default, or the server of one. */
  readonly role?: "client" | "server";
  /**
   * Whose instrumentation. `traceloop` leaves durations to the SDK's boundaries, of which 5 s is the first: nothing faster can
   * be distinguished. `openlit` counts cost and guardrails, too. Default: the conventions alone.
   */
  readonly flavour?: "semconv" | "traceloop" | "openlit";
  /** `gen_ai_provider_name`, the default (with dots where `naming` keeps them), or `gen_ai_system`, as it was before v1.37 and still is by default in older instrumentations. */
  readonly providerLabel?: "gen_ai_provider_name" | "gen_ai_system" | (string & {});
  /**
   * How Prometheus translates names (`otlp.translation_strategy`). `suffixes` is its default; `no-suffixes` is without units;
   * `utf8` keeps dots, and `none` everything: both need Prometheus 3, and group by `gen_ai.provider.name` and `gen_ai.request.model`.
   */
  readonly naming?: GenaiNaming;
  /** How it stores histograms. `nhcb` is what `convert_histograms_to_nhcb` makes of classic ones. Default `classic`. */
  readonly histogram?: GenaiHistogram;
  /** Also agents and their tools, by the conventions alone: neither Traceloop nor OpenLIT measures them. Default false. */
  readonly agents?: boolean;
  /**
   * A pattern of `error.type`: failures that are the caller's own and count nowhere. Without regard to case where it begins with
   * `(?i)`. Default: the codes and exception classes of the clients of OpenAI, Azure, Anthropic, Bedrock and Vertex.
   */
  readonly callerErrors?: string;
  /** The same of rate limits, which `rejections` counts. Default: throttling and exhausted quotas, as those clients call them. */
  readonly rateLimitErrors?: string;
  /** A counter of cost; conventions have none. Default: OpenLIT's `gen_ai_usage_cost_USD_sum` with that flavour, else `gen_ai_client_cost_usd_total`. */
  readonly costMetric?: string;
  /** Prices of tokens, `input` and `output`, by `gen_ai_request_model`: then no cost metric is needed. Default: none. */
  readonly prices?: PresetPrices;
  /** Budgets of money, at these prices or on `costMetric`. Default: none. */
  readonly spend?: readonly PresetBudget[];
  /** Budgets of tokens, input and output together. Default: none. */
  readonly tokens?: readonly PresetBudget[];
}

/**
 * SLOs of calls to models (or of a server of one) by provider and `gen_ai_request_model`; of Traceloop by `gen_ai_response_model`.
 *
 * @example genaiOtel({ role: "client", agents: true })
 */
export function genaiOtel(options: GenaiOtelOptions = {}): ServiceParts {
  return assemble(genaiOtelPreset, options, genaiOtel);
}

type Own = GenaiErrors &
  Required<Pick<GenaiOtelOptions, "role" | "flavour" | "naming" | "histogram" | "agents">> &
  Pick<GenaiOtelOptions, "providerLabel" | "costMetric" | "prices" | "spend" | "tokens">;

export const genaiOtelPreset: Preset<Own> = {
  name: "genaiOtel",
  ai: true,
  own: {
    role: z.enum(["client", "server"]).default("client"),
    flavour: z.enum(["semconv", "traceloop", "openlit"]).default("semconv"),
    providerLabel: labelOption.optional(),
    naming: z.enum(["suffixes", "no-suffixes", "utf8", "none"]).default("suffixes"),
    histogram: z.enum(["classic", "native", "nhcb"]).default("classic"),
    agents: z.boolean().default(false),
    ...genaiErrorOptions,
    costMetric: metricOption.optional(),
    prices: pricesSchema,
    spend: budgetsSchema,
    tokens: budgetsSchema,
  },
  slos: (options, select) => [
    ...modelCalls(options, contextOf(options, select)),
    ...(options.agents ? genaiAgents(contextOf(options, select)) : []),
    ...(options.flavour === "openlit" ? [openlitGuardrails(select)] : []),
  ],
  budgets: ({ flavour, costMetric, prices, spend, tokens, naming }, select) => {
    const cost = costMetric ?? (flavour === "openlit" ? "gen_ai_usage_cost_USD_sum" : "gen_ai_client_cost_usd_total");
    const { plain, label, group } = genaiNames(naming);
    // Cached input is a part of input, and reasoning one of output.
    const usage = select(`${plain("gen_ai.client.token.usage")}_sum`, `${label("gen_ai.token.type")}=~"input|output"`);
    const priced = { tokens: usage, model: modelOf({ flavour, naming }), type: group("gen_ai.token.type") };
    const money = prices === undefined ? spendOn(select(cost), spend) : spendAtPrices(priced, prices, spend);
    return [...money, ...tokensOn(usage, tokens)];
  },
  refuse: refuseAgents,
  examples: [
    { options: {}, sample: "genai-otel" },
    { options: { agents: true }, sample: "genai-otel" },
    { options: { role: "server" }, sample: "envoy-ai-gateway" },
    { options: { flavour: "openlit" }, sample: "genai-openlit" },
    { options: { flavour: "traceloop" }, sample: "genai-traceloop" },
    { options: { naming: "no-suffixes" }, sample: "genai-no-suffixes" },
    { options: { naming: "utf8", agents: true }, sample: "genai-utf8" },
    { options: { histogram: "nhcb" }, sample: "genai-otel", nhcb: true },
    { options: { histogram: "nhcb", role: "server" }, sample: "envoy-ai-gateway", nhcb: true },
  ],
};

function contextOf(options: Own, select: Select): GenaiContext {
  const { naming, histogram, flavour } = options;
  const { group } = genaiNames(naming);
  const providerLabel = options.providerLabel ?? group("gen_ai.provider.name");
  const traceloop = flavour === "traceloop";
  const version = traceloop ? "traceloop" : naming === "suffixes" ? undefined : "semconv";
  return {
    select,
    naming,
    histogram,
    groupBy: [providerLabel, modelOf(options)],
    counted: countedOperations(options),
    ...(version && { version }),
    // What it records of a failure is the exception's class alone.
    ...(traceloop && { lacks: [providerLabel, group("gen_ai.request.model"), group("gen_ai.response.model")] }),
  };
}

/** Traceloop's metrics know the model that answered, and not the one that was asked for. */
function modelOf({ flavour, naming }: Pick<Own, "flavour" | "naming">): string {
  return genaiNames(naming).group(flavour === "traceloop" ? "gen_ai.response.model" : "gen_ai.request.model");
}

function modelCalls(options: Own, context: GenaiContext): readonly Blueprint[] {
  const { flavour, role, rateLimitErrors } = options;
  if (flavour === "traceloop") return traceloopClient(context, rateLimitErrors);
  return role === "server" ? genaiServer(context) : genaiClient(context, rateLimitErrors);
}

/** OpenLIT defines a histogram of agents and records nothing in it; Traceloop has none. */
function refuseAgents({ flavour, agents }: Own): readonly Problem[] {
  if (!agents || flavour === "semconv") return [];
  const message = `the ${flavour} instrumentation measures no agents and no tools, so nothing would ever be counted.`;
  return [
    { code: "bad-value", path: ["agents"], message, hint: "Leave `agents` out, or measure them by the conventions." },
  ];
}
