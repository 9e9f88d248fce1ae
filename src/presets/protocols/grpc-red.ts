/** gRPC servers: rate, errors and duration, by OpenTelemetry's conventions or by those of gRPC's Prometheus interceptors. */
import { z } from "zod";
import type { Duration } from "../../declare/declaration.ts";
import { assemble } from "../assemble/assemble.ts";
import { share, within } from "../assemble/blueprints.ts";
import { labelOption } from "../assemble/option-schemas.ts";
import type { PresetOptions, ServiceParts } from "../assemble/options.ts";
import type { Blueprint, Preset } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";

/** Names of the SLOs of `grpcRed()`. */
export type GrpcRedSlo = "availability" | "rejections" | "latency" | "latency-p99";

/** Options of `grpcRed()`. */
export interface GrpcRedOptions extends PresetOptions<GrpcRedSlo, "latency" | "latency-p99"> {
  /**
   * `otel`, the default: `rpc_server_call_duration_seconds`. `otel-old`: `rpc_server_duration_milliseconds`, with codes as
   * numbers. `grpc-prometheus`: `grpc_server_handled_total` and, where it is switched on, `grpc_server_handling_seconds`.
   */
  readonly convention?: "otel" | "otel-old" | "grpc-prometheus";
  /** The label of the status. Default: the convention's; conventions after 1.44 call it `rpc_status_code`. */
  readonly statusLabel?: string;
}

/**
 * SLOs of a gRPC server: answers without a code that is the server's fault, rejections, and two latencies.
 *
 * @example grpcRed({ job: "users" })
 */
export function grpcRed(options: GrpcRedOptions = {}): ServiceParts {
  return assemble(grpcRedPreset, options, grpcRed);
}

type Own = Required<Pick<GrpcRedOptions, "convention">> & Pick<GrpcRedOptions, "statusLabel">;

export const grpcRedPreset: Preset<Own> = {
  name: "grpcRed",
  ai: false,
  own: {
    convention: z.enum(["otel", "otel-old", "grpc-prometheus"]).default("otel"),
    statusLabel: labelOption.optional(),
  },
  slos: ({ convention, statusLabel }, select) => {
    const names = NAMES[convention];
    return slos({ ...names, status: statusLabel ?? names.status }, select);
  },
  examples: [
    { options: {}, sample: "grpc-otel" },
    { options: { convention: "otel-old" }, sample: "grpc-otel-old" },
    { options: { convention: "grpc-prometheus" }, sample: "grpc-prometheus" },
  ],
};

interface Names {
  readonly calls: string;
  readonly histogram: string;
  /** The label of the status; its values where a call failed by the server's fault, and where it was turned away. */
  readonly status: string;
  readonly failed: string;
  readonly rejected: string;
  /** Matchers of the histogram: streams take as long as they like. */
  readonly timed: string;
  readonly soon: Duration;
  readonly late: Duration;
}

const NAMES: Readonly<Record<Own["convention"], Names>> = {
  otel: {
    calls: "rpc_server_call_duration_seconds_count",
    histogram: "rpc_server_call_duration_seconds",
    status: "rpc_response_status_code",
    failed: "UNKNOWN|DEADLINE_EXCEEDED|UNIMPLEMENTED|INTERNAL|UNAVAILABLE|DATA_LOSS",
    rejected: "RESOURCE_EXHAUSTED",
    timed: "",
    soon: "500ms",
    late: "2500ms",
  },
  "otel-old": {
    calls: "rpc_server_duration_milliseconds_count",
    histogram: "rpc_server_duration_milliseconds",
    status: "rpc_grpc_status_code",
    failed: "2|4|12|13|14|15",
    rejected: "8",
    timed: "",
    soon: "500ms",
    late: "2500ms",
  },
  "grpc-prometheus": {
    calls: "grpc_server_handled_total",
    histogram: "grpc_server_handling_seconds",
    status: "grpc_code",
    failed: "Unknown|DeadlineExceeded|Unimplemented|Internal|Unavailable|DataLoss",
    rejected: "ResourceExhausted",
    timed: 'grpc_type="unary"',
    soon: "500ms",
    late: "2500ms",
  },
};

function slos(names: Names, select: Select): Blueprint[] {
  const { calls, histogram, status, failed, rejected, timed, soon, late } = names;
  const latency = { histogram: select(histogram, timed), companion: "availability" };
  return [
    share({
      name: "availability",
      description: "Calls are answered without a server fault.",
      objective: 99.9,
      total: select(calls),
      bad: select(calls, `${status}=~"${failed}"`),
    }),
    share({
      name: "rejections",
      description: "Calls are not rejected for lack of resources.",
      objective: 99,
      total: select(calls),
      bad: select(calls, `${status}="${rejected}"`),
    }),
    within({
      ...latency,
      name: "latency",
      description: "Most answers arrive in time.",
      objective: 95,
      threshold: soon,
    }),
    within({
      ...latency,
      name: "latency-p99",
      description: "The slow tail is within the threshold.",
      objective: 99,
      threshold: late,
    }),
  ];
}
