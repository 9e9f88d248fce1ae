/** What a server of models, or a gateway in front of some, measures by OpenTelemetry's GenAI conventions. */

import type { Blueprint } from "../assemble/preset.ts";
import { goodput } from "../servers/goodput.ts";
import { duration, type GenaiContext, outcome } from "./genai-blueprints.ts";
import { genaiNames } from "./genai-names.ts";

const REQUEST = "gen_ai.server.request.duration";
const FIRST_TOKEN = "gen_ai.server.time_to_first_token";
const PER_TOKEN = "gen_ai.server.time_per_output_token";

/** Answers, TTFT, TPOT, the whole request, and goodput where both histograms are classic. */
export function genaiServer(context: GenaiContext, objective = 99.5): Blueprint[] {
  return [
    outcome(context, {
      name: "availability",
      description: "Requests are answered. If the metric does not show whose fault a failure was, all failures count.",
      objective,
      of: REQUEST,
      total: context.counted,
      bad: `$error!="",${context.counted}`,
    }),
    duration(context, {
      name: "time-to-first-token",
      description: "The answer starts in time.",
      objective: 95,
      of: FIRST_TOKEN,
      threshold: "2500ms",
      companion: "availability",
    }),
    duration(context, {
      name: "time-per-output-token",
      description: "A request's mean time per token after the first is short. Weighted by requests.",
      objective: 95,
      of: PER_TOKEN,
      threshold: "100ms",
      companion: "availability",
    }),
    duration(context, {
      name: "operation-latency",
      description: "The complete answer arrives in time. Only successful requests.",
      objective: 95,
      of: REQUEST,
      hasErrors: true,
      threshold: "10240ms",
      companion: "availability",
    }),
    ...(context.histogram === "classic" ? [bound(context)] : []),
  ];
}

function bound({ select, naming, groupBy }: GenaiContext): Blueprint {
  const { seconds } = genaiNames(naming);
  return goodput({
    select,
    groupBy,
    first: { histogram: seconds(FIRST_TOKEN), slo: "time-to-first-token" },
    perToken: { histogram: seconds(PER_TOKEN), slo: "time-per-output-token" },
  });
}
