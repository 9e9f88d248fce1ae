/** NVIDIA Triton. Names: docs/user_guide/metrics.md, core src/metrics.cc. */
import { z } from "zod";
import { assemble } from "../assemble/assemble.ts";
import { bounded, meanAtMost, shareOfTwo, within } from "../assemble/blueprints.ts";
import type { PresetOptions, ServiceParts } from "../assemble/options.ts";
import type { Blueprint, Preset } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";

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
 */
export function triton(options: TritonOptions = {}): ServiceParts {
  return assemble(tritonPreset, options, triton);
}

type Own = Required<Pick<TritonOptions, "histograms">>;

export const tritonPreset: Preset<Own> = {
  name: "triton",
  own: { histograms: z.boolean().default(false) },
  slos: ({ histograms }, select) => [
    answers(select),
    ...means(select),
    ...(histograms ? [firstResponse(select)] : []),
    pending(select),
  ],
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

const groupBy = ["model"];
const MICROSECONDS = 1_000_000;

function answers(select: Select): Blueprint {
  return shareOfTwo({
    name: "availability",
    description: "Inferences succeed. What its client cancelled is not counted.",
    objective: 99.9,
    groupBy,
    counted: "inferences",
    good: select.node("nv_inference_request_success"),
    bad: select.node("nv_inference_request_failure", 'reason!="CANCELED"'),
  });
}

function means(select: Select): Blueprint[] {
  const count = select.node("nv_inference_request_success");
  return [
    meanAtMost({
      name: "mean-latency",
      description: "Inferences are fast on average, in seconds: Triton counts sums alone.",
      objective: 99,
      groupBy,
      meaning: "the mean time of an inference in seconds",
      sum: select.node("nv_inference_request_duration_us"),
      count,
      scale: MICROSECONDS,
      threshold: 0.5,
    }),
    meanAtMost({
      name: "mean-queue-time",
      description: "Inferences wait little on average, in seconds.",
      objective: 99,
      groupBy,
      meaning: "the mean time that an inference waits in seconds",
      sum: select.node("nv_inference_queue_duration_us"),
      count,
      scale: MICROSECONDS,
      threshold: 0.1,
    }),
  ];
}

function firstResponse(select: Select): Blueprint {
  return within({
    name: "first-response",
    description: "The answer begins soon.",
    objective: 95,
    groupBy,
    histogram: select("nv_inference_first_response_histogram_ms"),
    threshold: "500ms",
    companion: "availability",
  });
}

function pending(select: Select): Blueprint {
  return bounded({
    name: "saturation",
    description: "Few inferences wait for a model.",
    objective: 99,
    groupBy,
    metric: select("nv_inference_pending_request_count"),
    op: "<=",
    threshold: 10,
  });
}
