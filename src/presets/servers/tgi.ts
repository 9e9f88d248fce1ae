/** Hugging Face's Text Generation Inference. Names and boundaries: router/src/server.rs, router/src/infer, backends/v3/src. */
import { assemble } from "../assemble/assemble.ts";
import { ticketsOnly } from "../assemble/blueprints.ts";
import type { PresetOptions, ServiceParts } from "../assemble/options.ts";
import type { Preset } from "../assemble/preset.ts";
import { type ModelServer, type Series, serverSlos } from "./model-server.ts";

type TgiLatency = "end-to-end-latency" | "time-per-output-token" | "queue-time";

/** Names of the SLOs of `tgi()`. */
export type TgiSlo = TgiLatency | "availability" | "rejections" | "aborts" | "saturation";

/** Options of `tgi()`. */
export type TgiOptions = PresetOptions<TgiSlo, TgiLatency | "saturation">;

/**
 * SLOs of a TGI server. It measures no time to first token, so there is no goodput either, and names no model. Thresholds are
 * powers of 1.5: `snap: true` finds them.
 *
 * @example tgi({ thresholds: { "end-to-end-latency": "10s" }, snap: true })
 */
export function tgi(options: TgiOptions = {}): ServiceParts {
  return assemble(tgiPreset, options, tgi);
}

/**
 * Successes and failures: `tgi_request_count` counts a request of the OpenAI-compatible API twice, and tokenizing, which
 * never fails.
 */
const SUCCEEDED = "tgi_request_success";

function failed(matchers: string): Series {
  return ["tgi_request_failure", matchers];
}

const server: ModelServer = {
  slos: [
    {
      name: "availability",
      description: "Requests are answered. Invalid, rejected and abandoned requests are not failures here.",
      objective: 99.5,
      counted: "requests",
      sum: [SUCCEEDED, failed('err!~"validation|template|overloaded|dropped"')],
      bad: failed('err!~"validation|template|overloaded|dropped"'),
    },
    {
      name: "rejections",
      description: "There is capacity for requests: none is rejected with a 429.",
      objective: 99,
      counted: "requests",
      sum: [SUCCEEDED, failed('err!~"validation|template|dropped"')],
      bad: failed('err="overloaded"'),
    },
    {
      name: "aborts",
      description: "Clients do not abandon requests: those that are too slow for them count here, and in no histogram.",
      objective: 95,
      alerting: ticketsOnly,
      counted: "requests",
      sum: [SUCCEEDED, failed('err="dropped"')],
      bad: failed('err="dropped"'),
    },
    {
      name: "end-to-end-latency",
      histogram: "tgi_request_duration",
      threshold: 12.783403948858936,
      companion: "availability",
    },
    {
      name: "time-per-output-token",
      description: "A request's mean time per token is short. Weighted by requests.",
      histogram: "tgi_request_mean_time_per_token_duration",
      threshold: 0.09852612533569335,
      companion: "availability",
    },
    {
      name: "queue-time",
      histogram: "tgi_request_queue_duration",
      threshold: 0.49878850951194753,
      companion: "rejections",
    },
    { queue: "tgi_queue_size" },
  ],
};

export const tgiPreset: Preset<unknown> = {
  name: "tgi",
  ai: true,
  own: {},
  slos: (_options, select) => serverSlos(server, select),
  checks: (_options, select) => [
    {
      what: "Requests that wait",
      how: "Many wait: the server is too small, or too much arrives. Add replicas, or shed load.",
      query: `sum by (instance) (${select("tgi_queue_size")})`,
    },
    {
      what: "Requests in the batch",
      how: "Small while requests wait: long ones fill `--max-batch-total-tokens`. At nothing the shard hangs: restart it.",
      query: `sum by (instance) (${select("tgi_batch_current_size")})`,
    },
  ],
  examples: [{ options: {}, sample: "tgi" }],
};
