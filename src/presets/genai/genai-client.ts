/** What callers of models measure by OpenTelemetry's GenAI conventions, and what single instrumentations do otherwise. */
import { share, ticketsOnly } from "../assemble/blueprints.ts";
import type { Blueprint } from "../assemble/preset.ts";
import type { Select } from "../assemble/select.ts";
import { duration, type GenaiContext, outcome } from "./genai-blueprints.ts";

/** Calls of models. `limits` is the pattern of errors that are rate limits. */
export function genaiClient(context: GenaiContext, limits: string): Blueprint[] {
  return [
    ...outcomes(context, limits),
    duration(context, {
      name: "operation-latency",
      description: "The complete answer arrives in time. Only successful calls.",
      objective: 95,
      of: OPERATION,
      hasErrors: true,
      threshold: "10240ms",
      companion: "availability",
    }),
    duration(context, {
      name: "time-to-first-chunk",
      description: "The answer starts in time. Only streamed answers.",
      objective: 95,
      of: "gen_ai.client.operation.time_to_first_chunk",
      threshold: "2560ms",
      companion: "availability",
    }),
    duration(context, {
      name: "time-per-output-chunk",
      description: "The next chunk arrives in time. Weighted by chunks: long answers count more.",
      objective: 95,
      of: "gen_ai.client.operation.time_per_output_chunk",
      threshold: "80ms",
      companion: "availability",
    }),
  ];
}

/** Calls of models as Traceloop measures them: by the SDK's boundaries. */
export function traceloopClient(context: GenaiContext, limits: string): Blueprint[] {
  return [
    ...outcomes(context, limits),
    duration(context, {
      name: "operation-latency",
      description: "The complete answer arrives in time. The SDK's bucket boundaries are 5 s and more apart.",
      objective: 95,
      of: OPERATION,
      hasErrors: true,
      threshold: "10s",
      companion: "availability",
    }),
    duration(context, {
      name: "time-to-first-token",
      description: "The answer starts in time. The SDK has no bucket boundary between 0 and 5 s.",
      objective: 95,
      of: "gen_ai.server.time_to_first_token",
      threshold: "5s",
      companion: "availability",
    }),
  ];
}

/** Agents and their tools. */
export function genaiAgents(context: GenaiContext): Blueprint[] {
  const ungrouped = { ...context, groupBy: [] };
  return [
    outcome(ungrouped, {
      name: "tool-success",
      description: "Tools that agents call succeed.",
      objective: 99,
      of: "gen_ai.execute_tool.duration",
      total: "",
      bad: '$error!=""',
    }),
    duration(ungrouped, {
      name: "agent-latency",
      description: "An agent finishes in time.",
      objective: 90,
      alerting: ticketsOnly,
      of: "gen_ai.invoke_agent.duration",
      hasErrors: true,
      threshold: "51200ms",
      companion: "tool-success",
    }),
  ];
}

/** Guardrails of OpenLIT. */
export function openlitGuardrails(select: Select): Blueprint {
  return share({
    name: "guardrail-blocks",
    description: "Guardrails let requests pass. More blocks than usual mean an attack, or a faulty guardrail.",
    objective: 98,
    groupBy: ["guard_name"],
    lacks: ["gen_ai_provider_name", "gen_ai_system", "gen_ai_request_model"],
    alerting: ticketsOnly,
    total: select("guard_requests_total"),
    bad: select("guard_requests_total", 'guard_action="deny"'),
  });
}

const OPERATION = "gen_ai.client.operation.duration";

function outcomes(context: GenaiContext, limits: string): Blueprint[] {
  return [
    outcome(context, {
      name: "availability",
      description: "Model calls succeed. Errors of the caller, and rate limits, are not counted.",
      objective: 99.5,
      of: OPERATION,
      total: context.counted,
      bad: `$error!="",${context.counted}`,
    }),
    outcome(context, {
      name: "rejections",
      description: "Model calls are not rejected by a rate limit.",
      objective: 99,
      of: OPERATION,
      total: "",
      bad: `$error=~"${limits}"`,
    }),
  ];
}
