/** The endpoint picker of llm-d and of the Gateway API Inference Extension. Names: llm-d-router pkg/epp/metrics. */
import { z } from "zod";
import { assemble } from "./assemble.ts";
import { bounded, share, ticketsOnly, within } from "./blueprints.ts";
import { goodput } from "./goodput.ts";
import type { PresetOptions, ServiceParts } from "./options.ts";
import type { Blueprint, Preset } from "./preset.ts";
import type { Select } from "./select.ts";

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
}

/** SLOs of an inference gateway (llm-d EPP), by `model_name`, and of its pools by `name`. */
export function inferenceGateway(options: InferenceGatewayOptions = {}): ServiceParts {
  return assemble(inferenceGatewayPreset, options, inferenceGateway);
}

type Own = Required<Pick<InferenceGatewayOptions, "goodput">>;

export const inferenceGatewayPreset: Preset<Own> = {
  name: "inferenceGateway",
  own: { goodput: z.enum(["bound", "counter"]).default("bound") },
  slos: (options, select) => [
    ...errors(select),
    ...latencies(select),
    options.goodput === "counter" ? violations(select) : bound(select),
    ...pools(select),
  ],
  examples: [
    { options: {}, sample: "llm-d-epp" },
    { options: { goodput: "counter" }, sample: "llm-d-epp" },
  ],
};

const groupBy = ["model_name"];
const FULL = ".*ResourceExhausted";
/** Requests that were not streamed report their whole duration as the time to the first token. */
const STREAMED = 'streaming="true"';

function errors(select: Select): Blueprint[] {
  return [
    share({
      name: "availability",
      description: "Requests that a client got right are answered. Rejections for want of capacity are not counted.",
      objective: 99.9,
      groupBy,
      total: select("llm_d_epp_request_total"),
      bad: select("llm_d_epp_request_error_total", `error_code!~"BadRequest|InvalidArgument|.*NotFound|${FULL}"`),
    }),
    share({
      name: "rejections",
      description: "There is room for requests: none is turned away for want of capacity.",
      objective: 99,
      groupBy,
      total: select("llm_d_epp_request_total"),
      bad: select("llm_d_epp_request_error_total", `error_code=~"${FULL}"`),
    }),
  ];
}

function latencies(select: Select): Blueprint[] {
  return [
    within({
      name: "time-to-first-token",
      description: "The answer begins soon. Streamed answers only.",
      objective: 95,
      groupBy,
      histogram: select("llm_d_epp_request_ttft_seconds", STREAMED),
      threshold: "2s",
      companion: "availability",
    }),
    within({
      name: "time-per-output-token",
      description: "A request's mean time for each token after the first. Weighted by requests.",
      objective: 95,
      groupBy,
      histogram: select("llm_d_epp_request_streaming_tpot_seconds"),
      threshold: "100ms",
      companion: "availability",
    }),
    within({
      name: "end-to-end-latency",
      description: "The whole answer is there in time.",
      objective: 95,
      groupBy,
      histogram: select("llm_d_epp_request_duration_seconds"),
      threshold: "30s",
      companion: "availability",
    }),
  ];
}

function bound(select: Select): Blueprint {
  return goodput({
    select,
    groupBy,
    first: { histogram: "llm_d_epp_request_ttft_seconds", matchers: STREAMED, slo: "time-to-first-token" },
    perToken: { histogram: "llm_d_epp_request_streaming_tpot_seconds", slo: "time-per-output-token" },
  });
}

function violations(select: Select): Blueprint {
  return share({
    name: "goodput",
    description:
      "Requests keep to the objectives in their own headers. One that misses both TTFT and TPOT counts twice, and one without headers never.",
    objective: 90,
    groupBy,
    alerting: ticketsOnly,
    total: select("llm_d_epp_request_total"),
    bad: select("llm_d_epp_request_slo_violation_total", 'type=~"ttft|tpot"'),
  });
}

function pools(select: Select): Blueprint[] {
  return [
    bounded({
      name: "saturation",
      description: "The servers of a pool have short queues on average.",
      objective: 99,
      groupBy: ["name"],
      lacks: ["model_name", "target_model_name"],
      metric: select("llm_d_epp_average_queue_size"),
      op: "<=",
      threshold: 10,
    }),
    bounded({
      name: "ready-endpoints",
      description: "A pool has servers that are ready.",
      objective: 99.9,
      groupBy: ["name"],
      lacks: ["model_name", "target_model_name"],
      metric: select("llm_d_epp_ready_endpoints"),
      op: ">=",
      threshold: 1,
    }),
  ];
}
