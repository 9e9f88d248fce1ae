/** NVIDIA Triton. Names: docs/user_guide/metrics.md, core src/metrics.cc. */
import { z } from "zod";
import { assemble } from "../assemble/assemble.ts";
import { meanAtMost, within } from "../assemble/blueprints.ts";
import type { PresetOptions, ServiceParts } from "../assemble/options.ts";
import type { Preset } from "../assemble/preset.ts";
import { type ModelServer, type Row, type Series, serverSlos } from "./model-server.ts";

type TritonMeasured = "mean-latency" | "mean-queue-time" | "first-response" | "saturation";

/** Names of the SLOs of `triton()`. */
export type TritonSlo = TritonMeasured | "availability";

/** Options of `triton()`. */
export interface TritonOptions extends PresetOptions<TritonSlo, TritonMeasured> {
  /** Whether it runs with `--metrics-config histogram_latencies=true`: then `first-response` is there. Default false. */
  readonly histograms?: boolean;
}

/**
 * SLOs of a Triton server, by `model`. Its latencies are sums, of which only the mean is known: `mean-latency` and
 * `mean-queue-time` judge slices of time, not requests, and a slow minority hides in them. Failures of ensembles count
 * twice, for the child and the parent: `matchers: 'model!~"…"'` leaves out the ensembles or their parts.
 *
 * @example triton({ histograms: true })
 */
export function triton(options: TritonOptions = {}): ServiceParts {
  return assemble(tritonPreset, options, triton);
}

type Own = Required<Pick<TritonOptions, "histograms">>;

const FAILED: Series = ["nv_inference_request_failure", 'reason!="CANCELED"'];

function server({ histograms }: Own): ModelServer {
  return {
    model: MODEL,
    slos: [
      {
        name: "availability",
        description: "Inferences succeed. Inferences that a client cancelled are not counted.",
        objective: 99.9,
        counted: "inferences",
        sum: ["nv_inference_request_success", FAILED],
        bad: FAILED,
      },
      mean({
        name: "mean-latency",
        description: "Inferences are fast on average, in seconds: Triton counts only sums.",
        meaning: "the mean time of an inference in seconds",
        sum: "nv_inference_request_duration_us",
        threshold: 0.5,
      }),
      mean({
        name: "mean-queue-time",
        description: "Inferences wait little on average, in seconds.",
        meaning: "the mean time that an inference waits in seconds",
        sum: "nv_inference_queue_duration_us",
        threshold: 0.1,
      }),
      ...(histograms ? [firstResponse] : []),
      { queue: "nv_inference_pending_request_count", description: "Few inferences wait for a model." },
    ],
  };
}

const MODEL = "model";
const MICROSECONDS = 1_000_000;

/** In slices: the sum is of microseconds, the threshold of seconds. */
function mean({
  sum,
  ...rest
}: Pick<Parameters<typeof meanAtMost>[0], "name" | "description" | "meaning" | "threshold"> & {
  readonly sum: string;
}): Row {
  return ({ node }) =>
    meanAtMost({
      ...rest,
      objective: 99,
      groupBy: [MODEL],
      sum: node(sum),
      count: node("nv_inference_request_success"),
      scale: MICROSECONDS,
    });
}

const firstResponse: Row = (select) =>
  within({
    name: "first-response",
    description: "The answer starts in time.",
    objective: 95,
    groupBy: [MODEL],
    histogram: select("nv_inference_first_response_histogram_ms"),
    threshold: "500ms",
    companion: "availability",
  });

export const tritonPreset: Preset<Own> = {
  name: "triton",
  ai: true,
  own: { histograms: z.boolean().default(false) },
  slos: (options, select) => serverSlos(server(options), select),
  checks: (_options, select) => [
    {
      what: "Requests that wait",
      how: "Many wait: add instances of the model in its `instance_group`, or replicas.",
      query: `sum by (model) (${select("nv_inference_pending_request_count")})`,
    },
    {
      what: "Requests in a batch",
      how: "Near 1 while requests wait: dynamic batching is off, or its delay too short.",
      query: `sum by (model) (rate(${select("nv_inference_count")}[5m])) / sum by (model) (rate(${select("nv_inference_exec_count")}[5m]))`,
    },
    {
      what: "Share of the time spent in the queue",
      how: "High: too few instances. Low: the model itself is slow, or what it runs on.",
      query: `sum by (model) (rate(${select("nv_inference_queue_duration_us")}[5m])) / sum by (model) (rate(${select("nv_inference_request_duration_us")}[5m]))`,
    },
  ],
  examples: [
    { options: {}, sample: "triton" },
    { options: { histograms: true }, sample: "triton" },
  ],
};
