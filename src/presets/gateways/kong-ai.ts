/** Kong's AI plugins. Names and boundaries: kong/plugins/prometheus/exporter.lua. */
import { assemble } from "../assemble/assemble.ts";
import { share, within } from "../assemble/blueprints.ts";
import { patternOption } from "../assemble/option-schemas.ts";
import type { PresetBudget, PresetOptions, ServiceParts } from "../assemble/options.ts";
import type { Blueprint, Preset } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";
import { budgetsSchema, spendOn, tokensOn } from "../assemble/spend.ts";

/** Names of the SLOs of `kongAi()`. */
export type KongAiSlo = "availability" | "rejections" | "provider-latency";

/** Options of `kongAi()`. */
export interface KongAiOptions extends PresetOptions<KongAiSlo, "provider-latency"> {
  /** A pattern of the routes that lead to models, since Kong's status codes are those of all routes: `"ai-.*"`. Default: every route. */
  readonly routes?: string;
  /** Budgets of money, as priced in Kong. The labels are `ai_provider` and `ai_model`. Default: none. */
  readonly spend?: readonly PresetBudget[];
  /** Budgets of tokens, prompt and completion together. Default: none. */
  readonly tokens?: readonly PresetBudget[];
}

/**
 * SLOs of Kong's AI gateway: answers and rejections by `route`, the providers' latency by `ai_provider` and `ai_model`.
 *
 * @example kongAi({ routes: "ai-.*" })
 */
export function kongAi(options: KongAiOptions = {}): ServiceParts {
  return assemble(kongAiPreset, options, kongAi);
}

type Own = Pick<KongAiOptions, "routes" | "spend" | "tokens">;

export const kongAiPreset: Preset<Own> = {
  name: "kongAi",
  ai: true,
  own: { routes: patternOption.optional(), spend: budgetsSchema, tokens: budgetsSchema },
  slos: (options, select) => [...errors(options, select), providerLatency(select)],
  budgets: ({ spend, tokens }, select) => [
    ...spendOn(select("kong_ai_llm_cost_total"), spend),
    // The third type is the total of these two.
    ...tokensOn(select("kong_ai_llm_tokens_total", 'token_type=~"prompt_tokens|completion_tokens"'), tokens),
  ],
  checks: (_options, select) => [
    {
      what: "Requests per second by provider and model",
      how: "Did one of them grow, or fall to nothing?",
      query: `sum by (ai_provider, ai_model) (rate(${select("kong_ai_llm_requests_total")}[5m]))`,
    },
    {
      what: "Answers per second by status",
      how: "`429` of a provider: a quota; `5xx`: see its status page, and route around it.",
      query: `sum by (code) (rate(${select("kong_http_requests_total")}[5m]))`,
    },
  ],
  examples: [{ options: {}, sample: "kong-ai" }],
};

function errors({ routes }: Own, select: Select): Blueprint[] {
  const narrowed = routes === undefined ? [] : [{ label: "route", op: "=~" as const, value: routes }];
  const http = (code: string) => select("kong_http_requests_total", code, narrowed);
  const common = { groupBy: ["route"], lacks: ["ai_provider", "ai_model", "cache_status"] };
  return [
    share({
      ...common,
      name: "availability",
      description: "Valid requests are answered. Client errors are not counted.",
      objective: 99.9,
      total: http('code!~"4.."'),
      bad: http('code=~"5.."'),
    }),
    share({
      ...common,
      name: "rejections",
      description: "Requests are not rejected with a 429.",
      objective: 99,
      total: http(""),
      bad: http('code="429"'),
    }),
  ];
}

function providerLatency(select: Select): Blueprint {
  return within({
    name: "provider-latency",
    description: "A provider answers in time.",
    objective: 95,
    groupBy: ["ai_provider", "ai_model"],
    lacks: ["route", "service"],
    histogram: select("kong_ai_llm_provider_latency_ms"),
    threshold: "5s",
    companion: "availability",
  });
}
