/** NVIDIA Dynamo's frontend. Names, boundaries and order of events: lib/llm/src/http/service/metrics.rs. */
import { z } from "zod";
import { assemble } from "../assemble/assemble.ts";
import { ticketsOnly } from "../assemble/blueprints.ts";
import type { ServiceParts } from "../assemble/options.ts";
import type { Preset } from "../assemble/preset.ts";
import {
  type ModelServer,
  type Row,
  type Series,
  type ServerOptions,
  serverBudgets,
  serverSlos,
  type TokenBudgets,
  tokenOptions,
} from "./model-server.ts";

type DynamoLatency = "time-to-first-token" | "inter-token-latency" | "end-to-end-latency";

/** Names of the SLOs of `dynamo()`. */
export type DynamoSlo = DynamoLatency | "availability" | "rejections" | "saturation";

/**
 * Options of `dynamo()`. Its boundaries are `DYN_METRICS_…` settings: give yours in `buckets` where you changed them. Its
 * models are `model`; a price of `cached_input` may be given beside `input` and `output`.
 */
export interface DynamoOptions extends ServerOptions<DynamoSlo, DynamoLatency | "saturation"> {
  /**
   * `current`, the default, measures whole requests up to 510 s. `old` are frontends that do up to 260 s: the default threshold is
   * 40 s there, not 32 s, and they do not tell rejections.
   */
  readonly version?: "current" | "old";
}

/**
 * SLOs of a Dynamo frontend, by `model` (in lower case). No goodput: its token latency is weighted by tokens.
 *
 * @example dynamo({ version: "old" })
 */
export function dynamo(options: DynamoOptions = {}): ServiceParts {
  return assemble(dynamoPreset, options, dynamo);
}

type Own = Required<Pick<DynamoOptions, "version">> & TokenBudgets;

/** Newer frontends say whose fault it was; older ones have no such label, and everything counts. */
const CALLERS = "validation|not_found|cancelled";
const FULL = "overload";

function server({ version }: Own): ModelServer {
  const old = version === "old";
  return {
    model: "model",
    slos: [
      {
        name: "availability",
        description:
          "Valid requests are answered. Rejections for lack of capacity are not counted if the version reports them.",
        objective: 99.9,
        total: requests(`error_type!~"${CALLERS}|${FULL}"`),
        bad: requests(`error_type!~"${CALLERS}|${FULL}",status!="success"`),
      },
      ...(old ? [] : [rejections]),
      {
        name: "time-to-first-token",
        histogram: "dynamo_frontend_time_to_first_token_seconds",
        threshold: 2.2,
        companion: "availability",
      },
      {
        name: "inter-token-latency",
        histogram: "dynamo_frontend_inter_token_latency_seconds",
        threshold: "84ms",
        companion: "availability",
      },
      // Observed when a request ends, however it does.
      {
        name: "end-to-end-latency",
        description:
          "The complete answer arrives in time. One that fails fast counts as in time: the histogram does not distinguish it.",
        histogram: "dynamo_frontend_request_duration_seconds",
        threshold: old ? "40s" : "32s",
        companion: "availability",
        version,
      },
      waiting,
    ],
    tokens: {
      input: "dynamo_frontend_input_sequence_tokens_sum",
      output: "dynamo_frontend_output_tokens_total",
      cached_input: "dynamo_frontend_cached_tokens_sum",
    },
  };
}

function requests(matchers: string): Series {
  return ["dynamo_frontend_requests_total", matchers];
}

const rejections: Row = {
  name: "rejections",
  description: "There is capacity for requests: none is rejected for lack of it.",
  objective: 99,
  total: requests(`error_type!~"${CALLERS}"`),
  bad: requests(`error_type="${FULL}"`),
};

/** On average as many as there are requests per second times the seconds to the first token: no number fits all, and nobody is woken. */
const waiting: Row = {
  queue: "dynamo_frontend_queued_requests",
  description:
    "Few requests are still waiting for their first token: request rate times the time to it. 50 requests per second that wait half a second are 25: set your own threshold.",
  alerting: ticketsOnly,
  threshold: 100,
};

export const dynamoPreset: Preset<Own> = {
  name: "dynamo",
  ai: true,
  words: { version: "`current` has boundaries of requests up to 510 s, and `old` up to 260 s." },
  own: { version: z.enum(["current", "old"]).default("current"), ...tokenOptions },
  slos: (options, select) => serverSlos(server(options), select),
  budgets: (options, select) => serverBudgets(server(options), options, select),
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
