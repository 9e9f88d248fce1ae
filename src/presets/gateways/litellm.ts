/** LiteLLM's proxy. Names: litellm/integrations/prometheus.py. */

import { z } from "zod";
import { aggregate, binary, number } from "../../promql/build.ts";
import { assemble } from "../assemble/assemble.ts";
import { bounded, share, shareOfTwo, ticketsOnly, within } from "../assemble/blueprints.ts";
import type { PresetBudget, PresetOptions, ServiceParts } from "../assemble/options.ts";
import type { Blueprint, Preset } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";
import { budgetsSchema, spendOn, tokensOn } from "../assemble/spend.ts";

type LitellmLatency = "end-to-end-latency" | "time-to-first-token" | "overhead";

/** Names of the SLOs of `litellm()`. */
export type LitellmSlo =
  | LitellmLatency
  | "availability"
  | "rejections"
  | "provider-errors"
  | "fallbacks"
  | "deployment-health"
  | "guardrail-errors"
  | "team-budgets";

/** Options of `litellm()`. */
export interface LitellmOptions
  extends PresetOptions<LitellmSlo, LitellmLatency | "deployment-health" | "team-budgets"> {
  /** Which bucket lists: `current` is 1.95, `old` any before. Default: thresholds must be boundaries of both. */
  readonly version?: "current" | "old";
  /** Budgets of money, in dollars. Labels include `model`, `requested_model`, `team_alias`, `api_provider`. Default: none. */
  readonly spend?: readonly PresetBudget[];
  /** Budgets of tokens, input and output together. Default: none. */
  readonly tokens?: readonly PresetBudget[];
  /**
   * `true`: a ticket for each team that has used four fifths of the budget that LiteLLM itself holds it to. Default `false`. Set
   * `prometheus_initialize_budget_metrics`, or the gauges are there only for teams that are being served.
   */
  readonly teamBudgets?: boolean;
}

/**
 * SLOs of a LiteLLM proxy: answers, rejections and latencies by `requested_model` (its own overhead by `model_group`), providers by `api_provider`, fallbacks,
 * the health of deployments, guardrails. Limit its labels with `prometheus_metrics_config`: `client_ip` and `user_agent`
 * make new series all the time, and the first sample of each is lost to rates.
 *
 * @example litellm({ spend: [{ name: "daily", per: "day", limit: usd(500), by: ["model"] }] })
 */
export function litellm(options: LitellmOptions = {}): ServiceParts {
  return assemble(litellmPreset, options, litellm);
}

type Own = Pick<LitellmOptions, "version" | "spend" | "tokens" | "teamBudgets">;

export const litellmPreset: Preset<Own> = {
  name: "litellm",
  ai: true,
  words: { version: "`current` is LiteLLM 1.95, and `old` any release before." },
  own: {
    version: z.enum(["current", "old"]).optional(),
    spend: budgetsSchema,
    tokens: budgetsSchema,
    teamBudgets: z.boolean().optional(),
  },
  slos: (options, select) => [
    ...answers(select),
    ...latencies(options, select),
    ...behind(select),
    ...(options.teamBudgets ? [teamBudgets(select)] : []),
  ],
  budgets: ({ spend, tokens }, select) => [
    ...spendOn(select("litellm_spend_metric_total"), spend),
    ...tokensOn(select("litellm_total_tokens_metric_total"), tokens),
  ],
  checks: (_options, select) => [
    {
      what: "Providers' deployments",
      how: "0 = healthy, 1 = partial outage, 2 = down. Take the provider out of the router, or add a model behind it.",
      query: `max by (api_provider, litellm_model_name) (${select("litellm_deployment_state")})`,
    },
    {
      what: "Failures by provider, per second",
      how: "If only one provider fails, the fault is theirs: see its status page. `429`: a rate limit or quota of yours.",
      query: failing(select, "litellm_deployment_failure_responses_total", "api_provider, exception_status"),
    },
    {
      what: "Fallbacks that failed, per second",
      how: "The fallback is down too, or none is configured: check the router's `fallbacks`.",
      query: failing(select, "litellm_deployment_failed_fallbacks_total", "requested_model"),
    },
    {
      what: "Requests refused, per second",
      how: "`400` and `429` of one key or team: its budget or its rate limit is used up. Raise it, or find what loops.",
      query: `topk(5, sum by (team_alias, api_key_alias, status_code) (rate(${select("litellm_proxy_total_requests_metric_total")}[5m])))`,
    },
  ],
  examples: [
    { options: {}, sample: "litellm" },
    { options: { version: "current", thresholds: { overhead: "10ms" } }, sample: "litellm" },
    { options: { teamBudgets: true }, sample: "litellm" },
  ],
};

const groupBy = ["requested_model"];

function answers(select: Select): Blueprint[] {
  const requests = (codes?: string) => select("litellm_proxy_total_requests_metric_total", codes);
  return [
    share({
      name: "availability",
      description: "Valid requests are answered, by a fallback if necessary. A missing status counts as a failure.",
      objective: 99.5,
      groupBy,
      total: requests('status_code!~"4.."'),
      bad: requests('status_code!~"[234].."'),
    }),
    share({
      name: "rejections",
      description: "Requests are not rejected with a 429.",
      objective: 99,
      groupBy,
      total: requests(),
      bad: requests('status_code="429"'),
    }),
  ];
}

function latencies({ version }: Own, select: Select): Blueprint[] {
  const common = { groupBy, companion: "availability", ...(version && { version }) };
  return [
    within({
      ...common,
      name: "end-to-end-latency",
      description: "The complete answer arrives in time.",
      objective: 95,
      histogram: select("litellm_request_total_latency_metric"),
      threshold: "10s",
    }),
    within({
      ...common,
      name: "time-to-first-token",
      description: "The answer starts in time. Only streamed answers.",
      objective: 95,
      histogram: select("litellm_llm_api_time_to_first_token_metric"),
      threshold: "2s",
    }),
    within({
      ...common,
      name: "overhead",
      description: "The proxy itself adds little latency. The metric is in seconds, whatever its help text says.",
      objective: 99,
      groupBy: ["model_group"],
      lacks: ["requested_model", "model", "team", "team_alias", "user", "end_user", "org_id", "org_alias"],
      histogram: select("litellm_overhead_latency_metric"),
      threshold: "50ms",
    }),
  ];
}

function behind(select: Select): Blueprint[] {
  return [
    share({
      name: "provider-errors",
      description: "Providers answer. Their rate limits count as failures; invalid requests do not.",
      objective: 99,
      groupBy: ["api_provider"],
      total: select("litellm_deployment_total_requests_total"),
      bad: select("litellm_deployment_failure_responses_total", 'exception_status!~"400|401|403|404|422"'),
    }),
    shareOfTwo({
      name: "fallbacks",
      description: "When a model fails, its fallback answers.",
      objective: 95,
      groupBy,
      alerting: ticketsOnly,
      counted: "fallbacks",
      good: select.node("litellm_deployment_successful_fallbacks_total"),
      bad: select.node("litellm_deployment_failed_fallbacks_total"),
    }),
    bounded({
      name: "deployment-health",
      description: "Deployments are healthy: 0 = healthy, 1 = partial outage, 2 = down.",
      objective: 99.5,
      groupBy: ["litellm_model_name"],
      lacks: ["requested_model", "model", "team_alias"],
      metric: select("litellm_deployment_state"),
      op: "<=",
      threshold: 0,
    }),
    share({
      name: "guardrail-errors",
      description: "Guardrails run without errors. A blocked request is not an error.",
      objective: 99.9,
      groupBy: ["guardrail_name"],
      lacks: ["requested_model", "model", "team_alias"],
      total: select("litellm_guardrail_requests_total"),
      bad: select("litellm_guardrail_requests_total", 'status="error"'),
    }),
  ];
}

/** Teams without a limit have infinitely much left and no series of a limit: they drop out. Of replicas the lowest figure counts. */
function teamBudgets(select: Select): Blueprint {
  const remaining = select.node("litellm_remaining_team_budget_metric");
  const limit = binary(">", select.node("litellm_team_max_budget_metric"), number(0));
  return bounded({
    name: "team-budgets",
    description:
      "Teams have more than a fifth left of the budget that LiteLLM enforces. Beyond it, LiteLLM rejects their requests.",
    objective: 99,
    groupBy: ["team_alias"],
    lacks: ["requested_model", "model", "api_provider", "api_key_alias"],
    alerting: ticketsOnly,
    metric: {
      meaning: "what is left of the team's budget, as a share of it,",
      of: (by) => aggregate("min", by, binary("/", remaining, limit)),
    },
    op: ">",
    threshold: 0.2,
  });
}

/** LiteLLM has no series of what never happened: zero then, as long as it counts requests. */
function failing(select: Select, metric: string, by: string): string {
  const requests = select("litellm_deployment_total_requests_total");
  return `sum by (${by}) (rate(${select(metric)}[5m])) or 0 * sum by (api_provider) (rate(${requests}[5m]))`;
}
