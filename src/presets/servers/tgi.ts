/** Hugging Face's Text Generation Inference. Names and boundaries: router/src/server.rs, router/src/infer, backends/v3/src. */
import { assemble } from "../assemble/assemble.ts";
import { bounded, shareOfSum, shareOfTwo, ticketsOnly, within } from "../assemble/blueprints.ts";
import type { PresetOptions, ServiceParts } from "../assemble/options.ts";
import type { Blueprint, Preset } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";

type TgiLatency = "end-to-end-latency" | "time-per-output-token" | "queue-time";

/** Names of the SLOs of `tgi()`. */
export type TgiSlo = TgiLatency | "availability" | "rejections" | "aborts" | "saturation";

/** Options of `tgi()`. */
export type TgiOptions = PresetOptions<TgiSlo, TgiLatency | "saturation">;

/**
 * SLOs of a TGI server. It measures no time to first token, so there is no goodput either, and names no model. Thresholds are
 * powers of 1.5: `snap: true` finds them.
 */
export function tgi(options: TgiOptions = {}): ServiceParts {
  return assemble(tgiPreset, options, tgi);
}

export const tgiPreset: Preset<unknown> = {
  name: "tgi",
  own: {},
  slos: (_options, select) => [...errors(select), ...latencies(select), waiting(select)],
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

/**
 * Successes and failures: `tgi_request_count` counts a request of the OpenAI-compatible API twice, and tokenizing, which
 * never fails.
 */
function errors({ node }: Select): Blueprint[] {
  const succeeded = node("tgi_request_success");
  const failed = (matchers: string) => node("tgi_request_failure", matchers);
  return [
    shareOfTwo({
      name: "availability",
      description: "Requests are answered. Those that were wrong, rejected or given up are no failures here.",
      objective: 99.5,
      counted: "requests",
      good: succeeded,
      bad: failed('err!~"validation|template|overloaded|dropped"'),
    }),
    shareOfSum({
      name: "rejections",
      description: "There is room for requests: none is turned away with a 429.",
      objective: 99,
      counted: "requests",
      total: [succeeded, failed('err!~"validation|template|dropped"')],
      bad: failed('err="overloaded"'),
    }),
    shareOfTwo({
      name: "aborts",
      description:
        "Requests are not given up by their clients: what is too slow for them ends here, and in no histogram.",
      objective: 95,
      alerting: ticketsOnly,
      counted: "requests",
      good: succeeded,
      bad: failed('err="dropped"'),
    }),
  ];
}

function latencies(select: Select): Blueprint[] {
  return [
    within({
      name: "end-to-end-latency",
      description: "The whole answer is there in time.",
      objective: 95,
      histogram: select("tgi_request_duration"),
      threshold: 12.783403948858936,
      companion: "availability",
    }),
    within({
      name: "time-per-output-token",
      description: "A request's mean time for each token. Weighted by requests.",
      objective: 95,
      histogram: select("tgi_request_mean_time_per_token_duration"),
      threshold: 0.09852612533569335,
      companion: "availability",
    }),
    within({
      name: "queue-time",
      description: "A request does not wait long for its turn.",
      objective: 95,
      histogram: select("tgi_request_queue_duration"),
      threshold: 0.49878850951194753,
      companion: "rejections",
    }),
  ];
}

function waiting(select: Select): Blueprint {
  return bounded({
    name: "saturation",
    description: "Few requests wait in a server's queue.",
    objective: 99,
    metric: select("tgi_queue_size"),
    op: "<=",
    threshold: 10,
  });
}
