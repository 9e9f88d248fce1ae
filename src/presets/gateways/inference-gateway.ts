/**
 * The endpoint picker of llm-d, and that of the Gateway API Inference Extension (GAIE), from which it came. Names: pkg/epp/metrics
 * of either; order of events: pkg/epp/handlers/server.go.
 */

import { z } from "zod";
import type { Problem } from "../../parse/read/read.ts";
import { assemble } from "../assemble/assemble.ts";
import { bounded, share, shareOfSum, ticketsOnly, within } from "../assemble/blueprints.ts";
import type { PresetOptions, ServiceParts } from "../assemble/options.ts";
import type { Blueprint, Preset } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";
import { goodput } from "../servers/goodput.ts";

type GatewayLatency = "time-to-first-token" | "time-per-output-token" | "end-to-end-latency";

/** Names of the SLOs of `inferenceGateway()`. */
export type InferenceGatewaySlo =
  | GatewayLatency
  | "availability"
  | "rejections"
  | "goodput"
  | "saturation"
  | "ready-endpoints";

/** Options of `inferenceGateway()`. */
export interface InferenceGatewayOptions
  extends PresetOptions<InferenceGatewaySlo, GatewayLatency | "saturation" | "ready-endpoints"> {
  /**
   * How goodput is known: as a lower `bound` from both histograms, the default, or by the gateway's own `counter` of
   * violations, which counts only requests that carry objectives in their headers.
   */
  readonly goodput?: "bound" | "counter";
  /**
   * Whose names. `gaie`, of the extension's own picker (1.2 to 1.5; before, `gaie-1.1` and `gaie-1.0`), which measures neither the first token nor further ones
   * unless it predicts them: those SLOs are left out. Default `llm-d`.
   */
  readonly names?: "llm-d" | "gaie" | "gaie-1.1" | "gaie-1.0";
}

/**
 * SLOs of an inference gateway (the EPP of llm-d or GAIE), by `model_name`, and of its pools by `name`.
 *
 * @example inferenceGateway({ names: "gaie" })
 */
export function inferenceGateway(options: InferenceGatewayOptions = {}): ServiceParts {
  return assemble(inferenceGatewayPreset, options, inferenceGateway);
}

type Own = Required<Pick<InferenceGatewayOptions, "goodput" | "names">>;

export const inferenceGatewayPreset: Preset<Own> = {
  name: "inferenceGateway",
  ai: true,
  words: { names: "`gaie` is 1.2 to 1.5 of the extension, and `llm-d` is llm-d's own router." },
  own: {
    goodput: z.enum(["bound", "counter"]).default("bound"),
    names: z.enum(["llm-d", "gaie", "gaie-1.1", "gaie-1.0"]).default("llm-d"),
  },
  slos: ({ goodput, names }, select) => [
    ...errors(NAMES[names], select),
    ...(names === "llm-d" ? tokens(select) : []),
    whole(NAMES[names], select),
    ...(goodput === "counter" ? [violations(NAMES[names], select)] : []),
    ...(goodput === "bound" && names === "llm-d" ? [bound(select)] : []),
    ...pools(NAMES[names], select),
  ],
  refuse: refuseCounter,
  checks: ({ names }, select) => [
    {
      what: "Requests that wait at a server, on average",
      how: "Many wait: the pool is too small, or too much arrives. Add servers, or shed load of low priority.",
      query: `max by (name) (${select(NAMES[names].queue)})`,
    },
    {
      what: "Servers that are ready",
      how: "Fewer than there should be: look at their pods and their readiness.",
      query: `min by (name) (${select(NAMES[names].ready)})`,
    },
  ],
  examples: [
    { options: {}, sample: "llm-d-epp" },
    { options: { goodput: "counter" }, sample: "llm-d-epp" },
    { options: { names: "gaie" }, sample: "gaie-epp" },
    { options: { names: "gaie-1.1" }, sample: "gaie-epp" },
    { options: { names: "gaie-1.0" }, sample: "gaie-epp-old" },
  ],
};

const GAIE = {
  request: "inference_objective_request",
  queue: "inference_pool_average_queue_size",
  ready: "inference_pool_ready_pods",
} as const;

/** What the metrics of requests begin with, and those of pools. */
const NAMES = {
  "llm-d": {
    request: "llm_d_epp_request",
    queue: "llm_d_epp_average_queue_size",
    ready: "llm_d_epp_ready_endpoints",
  },
  gaie: GAIE,
  // The same names, without the counter of violations.
  "gaie-1.1": GAIE,
  "gaie-1.0": { ...GAIE, request: "inference_model_request" },
} as const;

function refuseCounter({ goodput, names }: Own): readonly Problem[] {
  if (goodput !== "counter" || (names !== "gaie-1.0" && names !== "gaie-1.1")) return [];
  const message = "this picker counts no violations before 1.2, so nothing would ever be counted.";
  return [{ code: "bad-value", path: ["goodput"], message, hint: "Leave `goodput` out." }];
}

type Names = (typeof NAMES)[Own["names"]];

const groupBy = ["model_name"];
const FULL = ".*ResourceExhausted";
const CALLERS = "BadRequest|Unauthorized|Forbidden|NotFound|PreconditionFailed";
/** Any answer of a server but a 200: the request was let through, and is in the total. */
const SERVER = "ModelServerError";
/** Requests that were not streamed report their whole duration as the time to the first token. */
const STREAMED = 'streaming="true"';

/** A request is in the total once it was let through: what fails before that is in the errors alone. */
function errors({ request }: Names, { node }: Select): Blueprint[] {
  const passed = node(`${request}_total`);
  const failed = (matchers: string) => node(`${request}_error_total`, matchers);
  const common = { groupBy, counted: "requests" };
  return [
    shareOfSum({
      ...common,
      name: "availability",
      description:
        "Requests are answered. Rejections for lack of capacity, and requests that the gateway finds invalid, are not counted. Every error of the server counts, since the metric does not have its code.",
      objective: 99.9,
      total: [failed(`error_code!~"${CALLERS}|${FULL}|${SERVER}"`), passed],
      bad: failed(`error_code!~"${CALLERS}|${FULL}"`),
    }),
    shareOfSum({
      ...common,
      name: "rejections",
      description: "There is capacity for requests: none is rejected for lack of it.",
      objective: 99,
      total: [failed(`error_code!~"${CALLERS}|${SERVER}"`), passed],
      bad: failed(`error_code=~"${FULL}"`),
    }),
  ];
}

function tokens(select: Select): Blueprint[] {
  return [
    within({
      name: "time-to-first-token",
      description: "The answer starts in time. Only streamed answers.",
      objective: 95,
      groupBy,
      histogram: select("llm_d_epp_request_ttft_seconds", STREAMED),
      threshold: "2s",
      companion: "availability",
    }),
    within({
      name: "time-per-output-token",
      description: "A request's mean time per token after the first is short. Weighted by requests.",
      objective: 95,
      groupBy,
      histogram: select("llm_d_epp_request_streaming_tpot_seconds"),
      threshold: "100ms",
      companion: "availability",
    }),
  ];
}

function whole({ request }: Names, select: Select): Blueprint {
  return within({
    name: "end-to-end-latency",
    description: "The complete answer arrives in time.",
    objective: 95,
    groupBy,
    histogram: select(`${request}_duration_seconds`),
    threshold: "30s",
    companion: "availability",
  });
}

function bound(select: Select): Blueprint {
  return goodput({
    select,
    groupBy,
    first: { histogram: "llm_d_epp_request_ttft_seconds", matchers: STREAMED, slo: "time-to-first-token" },
    perToken: { histogram: "llm_d_epp_request_streaming_tpot_seconds", slo: "time-per-output-token" },
  });
}

function violations({ request }: Names, select: Select): Blueprint {
  return share({
    name: "goodput",
    description:
      "Requests meet the objectives in their own headers. One that misses both TTFT and TPOT counts twice; one without headers never counts as bad.",
    objective: 90,
    groupBy,
    alerting: ticketsOnly,
    total: select(`${request}_total`),
    bad: select(`${request}_slo_violation_total`, 'type=~"ttft|tpot"'),
  });
}

function pools({ queue, ready }: Names, select: Select): Blueprint[] {
  const common = { groupBy: ["name"], lacks: ["model_name", "target_model_name"] };
  return [
    bounded({
      ...common,
      name: "saturation",
      description: "The servers of a pool have short queues on average.",
      objective: 99,
      metric: select(queue),
      op: "<=",
      threshold: 10,
    }),
    bounded({
      ...common,
      name: "ready-endpoints",
      description: "A pool has servers that are ready.",
      objective: 99.9,
      metric: select(ready),
      op: ">=",
      threshold: 1,
    }),
  ];
}
