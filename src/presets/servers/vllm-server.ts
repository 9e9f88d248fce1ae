/** The table of vLLM: what either engine measures, under the prefix that its metrics have. */
import type { Duration } from "../../declare/declaration.ts";
import { aggregate, binary, isTrue, number, on, sumBy } from "../../promql/build.ts";
import { atMost, bounded, ticketsOnly } from "../assemble/blueprints.ts";
import { goodput } from "./goodput.ts";
import type { LatencyRow, ModelServer, Row } from "./model-server.ts";
import { answersOf } from "./vllm-answers.ts";

const MODEL = "model_name";

interface Engine {
  readonly prefix: string;
  readonly handlers: string;
  /** One that was named pins its bucket lists; without one, thresholds must be boundaries of all. */
  readonly version?: "v1" | "v0" | undefined;
}

/** vLLM with one of its engines: V1 unless V0 was named. */
export function vllmServer(engine: Engine): ModelServer {
  const { prefix } = engine;
  return {
    model: MODEL,
    slos: [...failures(engine), ...latencies(engine), ...load(engine)],
    tokens: { input: `${prefix}prompt_tokens_total`, output: `${prefix}generation_tokens_total` },
  };
}

function failures({ prefix, handlers, version }: Engine): readonly Row[] {
  const finished = `${prefix}request_success_total`;
  const engineErrors: Row = {
    name: "engine-errors",
    description: "Generations end without an engine error, including errors after a 200 while streaming.",
    objective: 99.9,
    total: finished,
    bad: [finished, 'finished_reason="error"'],
  };
  return [
    {
      name: "availability",
      description: "Valid requests are answered. Client errors are not counted.",
      objective: 99.9,
      lacks: [MODEL, "engine"],
      ...answersOf(prefix, handlers),
    },
    ...(version === "v0" ? [] : [engineErrors]),
    {
      name: "aborts",
      description:
        "Clients do not abandon generations: those that are too slow for them count here, and in no histogram.",
      objective: 95,
      alerting: ticketsOnly,
      total: finished,
      bad: [finished, 'finished_reason="abort"'],
    },
  ];
}

/** The V0 engine called the time between tokens the time per output token. */
function latencies({ prefix, version }: Engine): readonly Row[] {
  const latency = (name: LatencyRow["name"], metric: string, threshold: Duration, companion: string): LatencyRow => ({
    name,
    histogram: `${prefix}${metric}_seconds`,
    threshold,
    companion,
    ...(version && { version }),
  });
  const firstToken = latency("time-to-first-token", "time_to_first_token", "1s", "availability");
  const whole = latency("end-to-end-latency", "e2e_request_latency", "30s", "availability");
  if (version === "v0") {
    return [firstToken, latency("inter-token-latency", "time_per_output_token", "100ms", "aborts"), whole];
  }
  return [
    firstToken,
    latency("inter-token-latency", "inter_token_latency", "100ms", "aborts"),
    latency("time-per-output-token", "request_time_per_output_token", "100ms", "aborts"),
    whole,
    { ...latency("queue-time", "request_queue_time", "300ms", "saturation"), objective: 99 },
    bothInTime(prefix),
  ];
}

function bothInTime(prefix: string): Row {
  return (select) =>
    goodput({
      select,
      groupBy: [MODEL],
      first: { histogram: `${prefix}time_to_first_token_seconds`, slo: "time-to-first-token" },
      perToken: { histogram: `${prefix}request_time_per_output_token_seconds`, slo: "time-per-output-token" },
    });
}

function load({ prefix, version }: Engine): readonly Row[] {
  const cache = `${prefix}${version === "v0" ? "gpu_cache_usage_perc" : "kv_cache_usage_perc"}`;
  return [
    { queue: `${prefix}num_requests_waiting`, description: "Few requests wait in an engine's queue." },
    fullCache(cache, `${prefix}num_requests_waiting`),
    preemptions(`${prefix}num_preemptions_total`),
  ];
}

function fullCache(used: string, queue: string): Row {
  return ({ node }) =>
    bounded({
      name: "kv-cache",
      description: "The KV cache is not full while requests wait. A full cache alone is fine.",
      objective: 99,
      groupBy: [MODEL],
      alerting: ticketsOnly,
      // The fullest engine of the group; zero where nothing waits.
      metric: {
        meaning: "the used share of the fullest engine's KV cache, while requests wait,",
        of: (by) =>
          binary("*", aggregate("max", by, node(used)), isTrue(">", sumBy(by, node(queue)), number(0)), on(...by)),
      },
      op: "<=",
      threshold: 0.95,
    });
}

function preemptions(counter: string): Row {
  return (select) =>
    atMost({
      name: "preemptions",
      description: "Preemptions per second and model are rare: each preempted request is computed again.",
      objective: 99,
      groupBy: [MODEL],
      alerting: ticketsOnly,
      metric: select(counter),
      threshold: 1,
    });
}
