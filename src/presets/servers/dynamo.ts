/** NVIDIA Dynamo's frontend. Names, boundaries and order of events: lib/llm/src/http/service/metrics.rs. */
import { z } from "zod";
import { assemble } from "../assemble/assemble.ts";
import { bounded, share, ticketsOnly, within } from "../assemble/blueprints.ts";
import type { PresetBudget, PresetOptions, PresetPrices, ServiceParts } from "../assemble/options.ts";
import type { Blueprint, Preset } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";
import { budgetsSchema, pricesSchema, spendAtPrices, tokensOn } from "../assemble/spend.ts";

type DynamoLatency = "time-to-first-token" | "inter-token-latency" | "end-to-end-latency";

/** Names of the SLOs of `dynamo()`. */
export type DynamoSlo = DynamoLatency | "availability" | "rejections" | "saturation";

/** Options of `dynamo()`. Its boundaries are `DYN_METRICS_…` settings: give yours in `buckets` where you changed them. */
export interface DynamoOptions extends PresetOptions<DynamoSlo, DynamoLatency | "saturation"> {
  /**
   * `current`, the default, measures whole requests up to 510 s. `old` are frontends that do up to 260 s: the default threshold is
   * 40 s there, not 32 s, and they do not tell rejections.
   */
  readonly version?: "current" | "old";
  /** Prices of tokens, `input` and `output`, and where it differs `cached_input`, by `model`. */
  readonly prices?: PresetPrices;
  /** Budgets of money, at these prices. */
  readonly spend?: readonly PresetBudget[];
  /** Budgets of tokens, input and output together. */
  readonly tokens?: readonly PresetBudget[];
}

/** SLOs of a Dynamo frontend, by `model` (in lower case). No goodput: its token latency is weighted by tokens. */
export function dynamo(options: DynamoOptions = {}): ServiceParts {
  return assemble(dynamoPreset, options, dynamo);
}

type Own = Required<Pick<DynamoOptions, "version">> & Pick<DynamoOptions, "prices" | "spend" | "tokens">;

export const dynamoPreset: Preset<Own> = {
  name: "dynamo",
  own: {
    version: z.enum(["current", "old"]).default("current"),
    prices: pricesSchema,
    spend: budgetsSchema,
    tokens: budgetsSchema,
  },
  slos: ({ version }, select) => [
    answers(select),
    ...(version === "old" ? [] : [rejections(select)]),
    ...tokenLatencies(select),
    whole(version, select),
    waiting(select),
  ],
  budgets: ({ prices, spend, tokens }, select) => [
    ...spendAtPrices(priced(select), prices, spend),
    ...tokensOn([select.node(INPUT), select.node(OUTPUT)], tokens),
  ],
  checks: (_options, select) => [
    {
      what: "Requests that wait",
      how: "Many wait for a first token: prefill workers are too few, or gone.",
      query: `sum by (model) (${select("dynamo_frontend_queued_requests")})`,
    },
    {
      what: "Requests in flight",
      how: "It grows while nothing waits: decode workers are too few, or answers grew longer.",
      query: `sum by (model) (${select("dynamo_frontend_inflight_requests")})`,
    },
    {
      what: "Tokens per second",
      how: "It fell while requests are in flight: workers are slow, or fewer.",
      query: `sum by (model) (rate(${select("dynamo_frontend_output_tokens_total")}[5m]))`,
    },
  ],
  examples: [
    { options: {}, sample: "dynamo-frontend" },
    { options: { version: "old" }, sample: "dynamo-frontend-old" },
  ],
};

const INPUT = "dynamo_frontend_input_sequence_tokens_sum";
const OUTPUT = "dynamo_frontend_output_tokens_total";

/** Cached input is a part of input. */
function priced(select: Select) {
  const cached = select("dynamo_frontend_cached_tokens_sum");
  return {
    model: "model",
    tokens: { input: select(INPUT), output: select(OUTPUT), cached_input: cached },
    within: { cached_input: "input" },
  };
}

const groupBy = ["model"];
/** Newer frontends say whose fault it was; older ones have no such label, and everything counts. */
const CALLERS = "validation|not_found|cancelled";
const FULL = "overload";

function requests(select: Select, matchers: string): string {
  return select("dynamo_frontend_requests_total", matchers);
}

function answers(select: Select): Blueprint {
  const counted = `error_type!~"${CALLERS}|${FULL}"`;
  return share({
    name: "availability",
    description:
      "Requests that a client got right are answered. Rejections for want of capacity are not counted where the version tells them.",
    objective: 99.9,
    groupBy,
    total: requests(select, counted),
    bad: requests(select, `${counted},status!="success"`),
  });
}

function rejections(select: Select): Blueprint {
  return share({
    name: "rejections",
    description: "There is room for requests: none is turned away for want of capacity.",
    objective: 99,
    groupBy,
    total: requests(select, `error_type!~"${CALLERS}"`),
    bad: requests(select, `error_type="${FULL}"`),
  });
}

function tokenLatencies(select: Select): Blueprint[] {
  return [
    within({
      name: "time-to-first-token",
      description: "The answer begins soon.",
      objective: 95,
      groupBy,
      histogram: select("dynamo_frontend_time_to_first_token_seconds"),
      threshold: 2.2,
      companion: "availability",
    }),
    within({
      name: "inter-token-latency",
      description: "The next token comes soon. Weighted by tokens: long answers count more.",
      objective: 99,
      groupBy,
      histogram: select("dynamo_frontend_inter_token_latency_seconds"),
      threshold: "84ms",
      companion: "availability",
    }),
  ];
}

/** Observed when a request ends, however it does. */
function whole(version: Own["version"], select: Select): Blueprint {
  return within({
    name: "end-to-end-latency",
    description:
      "The whole answer is there in time. One that fails soon counts as in time: the histogram does not tell.",
    objective: 95,
    groupBy,
    histogram: select("dynamo_frontend_request_duration_seconds"),
    threshold: version === "old" ? "40s" : "32s",
    companion: "availability",
    version,
  });
}

/** On average as many as there are requests per second times the seconds to the first token: no number fits all, and nobody is woken. */
function waiting(select: Select): Blueprint {
  return bounded({
    name: "saturation",
    description:
      "Few requests still wait for their first token. At 50 a second and half a second to it that is 25: the threshold is yours.",
    objective: 99,
    groupBy,
    alerting: ticketsOnly,
    metric: select("dynamo_frontend_queued_requests"),
    op: "<=",
    threshold: 100,
  });
}
