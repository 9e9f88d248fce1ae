/** HTTP servers: rate, errors and duration, by OpenTelemetry's conventions or by those of Prometheus' clients. */
import { z } from "zod";
import { assemble } from "../assemble/assemble.ts";
import { share, within } from "../assemble/blueprints.ts";
import { labelOption, metricOption } from "../assemble/option-schemas.ts";
import type { PresetOptions, ServiceParts } from "../assemble/options.ts";
import type { Blueprint, Preset } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";

/** Names of the SLOs of `httpRed()`. */
export type HttpRedSlo = "availability" | "rejections" | "latency" | "latency-p99";

/** Options of `httpRed()`. Group by `http_route` with `groupBy: ["http_route"]`. */
export interface HttpRedOptions extends PresetOptions<HttpRedSlo, "latency" | "latency-p99"> {
  /**
   * `otel`, the default: `http_server_request_duration_seconds` with `http_response_status_code`. `prometheus`:
   * `http_requests_total` and `http_request_duration_seconds` with `code`, whose boundaries you give in `buckets`.
   */
  readonly convention?: "otel" | "prometheus";
  /** The label of the status code. Default: the convention's. */
  readonly statusLabel?: string;
  /** The counter of requests. Default: the convention's. */
  readonly requests?: string;
  /** Base name of the histogram. Default: the convention's. */
  readonly histogram?: string;
}

/**
 * SLOs of an HTTP server: answers, rejections, and two latencies of what did not fail.
 *
 * @example httpRed({ job: "shop" })
 */
export function httpRed(options: HttpRedOptions = {}): ServiceParts {
  return assemble(httpRedPreset, options, httpRed);
}

type Own = Pick<HttpRedOptions, "statusLabel" | "requests" | "histogram"> &
  Required<Pick<HttpRedOptions, "convention">>;

export const httpRedPreset: Preset<Own> = {
  name: "httpRed",
  ai: false,
  own: {
    convention: z.enum(["otel", "prometheus"]).default("otel"),
    statusLabel: labelOption.optional(),
    requests: metricOption.optional(),
    histogram: metricOption.optional(),
  },
  slos: (options, select) => slos({ ...NAMES[options.convention], ...options }, select),
  examples: [
    { options: {}, sample: "http-otel" },
    {
      options: {
        convention: "prometheus",
        buckets: { latency: [0.1, 0.25, 0.5, 1, 2.5], "latency-p99": [0.1, 0.25, 0.5, 1, 2.5] },
      },
      sample: "http-prometheus",
    },
  ],
};

interface Names {
  readonly requests: string;
  readonly histogram: string;
  readonly statusLabel: string;
  /** Whether the histogram carries the status, so that what failed can be left out. */
  readonly hasStatus: boolean;
}

const NAMES: Readonly<Record<Own["convention"], Names>> = {
  otel: {
    requests: "http_server_request_duration_seconds_count",
    histogram: "http_server_request_duration_seconds",
    statusLabel: "http_response_status_code",
    hasStatus: true,
  },
  prometheus: {
    requests: "http_requests_total",
    histogram: "http_request_duration_seconds",
    statusLabel: "code",
    hasStatus: false,
  },
};

function slos({ requests, histogram, statusLabel, hasStatus }: Names, select: Select): Blueprint[] {
  const status = (op: "=~" | "!~", value: string) => [{ label: statusLabel, op, value }];
  const latency = {
    histogram: select(histogram, "", hasStatus ? status("!~", "5..") : []),
    companion: "availability",
  };
  return [
    share({
      name: "availability",
      description: "Requests are answered without a server error.",
      objective: 99.9,
      total: select(requests),
      bad: select(requests, "", status("=~", "5..")),
    }),
    share({
      name: "rejections",
      description: "Requests are not rejected with a 429.",
      objective: 99,
      total: select(requests),
      bad: select(requests, "", status("=~", "429")),
    }),
    within({
      ...latency,
      name: "latency",
      description: "Most answers arrive in time.",
      objective: 95,
      threshold: "500ms",
    }),
    within({
      ...latency,
      name: "latency-p99",
      description: "The slow tail is within the threshold.",
      objective: 99,
      threshold: "2500ms",
    }),
  ];
}
