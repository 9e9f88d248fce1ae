/** Latencies of vLLM: TTFT, ITL, TPOT, end-to-end, queue time and goodput, by the engine that measures them. */
import { within } from "../assemble/blueprints.ts";
import type { Blueprint } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";
import { goodput } from "./goodput.ts";

const groupBy = ["model_name"];

/** Of the V1 engine. */
export function latenciesOfV1(prefix: string, select: Select): Blueprint[] {
  const histogram = (name: string) => select(`${prefix}${name}_seconds`);
  return [
    firstToken(prefix, select),
    within({
      name: "inter-token-latency",
      description: "The next token comes soon. Weighted by tokens: long answers count more.",
      objective: 99,
      groupBy,
      histogram: histogram("inter_token_latency"),
      threshold: "100ms",
      companion: "aborts",
    }),
    within({
      name: "time-per-output-token",
      description: "A request's mean time for each token after the first. Weighted by requests.",
      objective: 95,
      groupBy,
      histogram: histogram("request_time_per_output_token"),
      threshold: "100ms",
      companion: "aborts",
    }),
    endToEnd(prefix, select),
    within({
      name: "queue-time",
      description: "A request does not wait long for its turn.",
      objective: 99,
      groupBy,
      histogram: histogram("request_queue_time"),
      threshold: "300ms",
      companion: "saturation",
    }),
    goodput({
      select,
      groupBy,
      first: { histogram: `${prefix}time_to_first_token_seconds`, slo: "time-to-first-token" },
      perToken: { histogram: `${prefix}request_time_per_output_token_seconds`, slo: "time-per-output-token" },
    }),
  ];
}

/** Of the V0 engine, which called the time between tokens the time per output token. */
export function latenciesOfV0(prefix: string, select: Select): Blueprint[] {
  return [
    firstToken(prefix, select),
    within({
      name: "inter-token-latency",
      description: "The next token comes soon. Weighted by tokens: long answers count more.",
      objective: 99,
      groupBy,
      histogram: select(`${prefix}time_per_output_token_seconds`),
      threshold: "100ms",
      companion: "aborts",
    }),
    endToEnd(prefix, select),
  ];
}

function firstToken(prefix: string, select: Select): Blueprint {
  return within({
    name: "time-to-first-token",
    description: "The answer begins soon.",
    objective: 95,
    groupBy,
    histogram: select(`${prefix}time_to_first_token_seconds`),
    threshold: "1s",
    companion: "availability",
  });
}

function endToEnd(prefix: string, select: Select): Blueprint {
  return within({
    name: "end-to-end-latency",
    description: "The whole answer is there in time.",
    objective: 95,
    groupBy,
    histogram: select(`${prefix}e2e_request_latency_seconds`),
    threshold: "30s",
    companion: "availability",
  });
}
