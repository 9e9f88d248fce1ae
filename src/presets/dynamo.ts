/** NVIDIA Dynamo's frontend. From its own dumps, docs/observability/metrics_examples. */
import { assemble } from "./assemble.ts";
import { bounded, share, within } from "./blueprints.ts";
import type { PresetOptions, ServiceParts } from "./options.ts";
import type { Blueprint, Preset } from "./preset.ts";
import type { Select } from "./select.ts";

type DynamoLatency = "time-to-first-token" | "inter-token-latency" | "end-to-end-latency";

/** Names of the SLOs of `dynamo()`. */
export type DynamoSlo = DynamoLatency | "availability" | "saturation";

/** Options of `dynamo()`. */
export type DynamoOptions = PresetOptions<DynamoSlo, DynamoLatency | "saturation">;

/** SLOs of a Dynamo frontend, by `model` (in lower case). No goodput: its token latency is weighted by tokens. */
export function dynamo(options: DynamoOptions = {}): ServiceParts {
  return assemble(dynamoPreset, options, dynamo);
}

export const dynamoPreset: Preset<unknown> = {
  name: "dynamo",
  own: {},
  slos: (_options, select) => [answers(select), ...latencies(select), waiting(select)],
  examples: [{ options: {}, sample: "dynamo-frontend" }],
};

const groupBy = ["model"];
/** Newer frontends say whose fault it was; older ones have no such label, and everything counts. */
const OWN = 'error_type!~"validation|not_found|cancelled"';

function answers(select: Select): Blueprint {
  return share({
    name: "availability",
    description: "Requests that a client got right are answered.",
    objective: 99.9,
    groupBy,
    total: select("dynamo_frontend_requests_total", OWN),
    bad: select("dynamo_frontend_requests_total", `${OWN},status!="success"`),
  });
}

function latencies(select: Select): Blueprint[] {
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
    within({
      name: "end-to-end-latency",
      description: "The whole answer is there in time.",
      objective: 95,
      groupBy,
      histogram: select("dynamo_frontend_request_duration_seconds"),
      threshold: "40s",
      companion: "availability",
    }),
  ];
}

function waiting(select: Select): Blueprint {
  return bounded({
    name: "saturation",
    description: "Few requests wait.",
    objective: 99,
    groupBy,
    metric: select("dynamo_frontend_queued_requests"),
    op: "<=",
    threshold: 10,
  });
}
