/** How urgent what is active is: one number, the most urgent first, and a panel of it over time. */
import { severities } from "../../../compile/audience.ts";
import type { Platform } from "../../../model/service.ts";
import type { PanelBody } from "./model.ts";
import { URGENCY, urgencyMapping, urgencySteps } from "./palette.ts";
import { stateTimeline } from "./panels.ts";

type Words = Platform["severities"];

/**
 * The first that there is: the most urgent.
 *
 * @param ask - Queries of alerts with these matchers, times a number.
 * @param otherwise - What it is where none of them is active.
 */
export function mostUrgent(
  words: Words,
  ask: (urgency: number, matchers: string) => string | readonly string[],
  otherwise: readonly string[] = [],
): string {
  const firing = severities.flatMap((severity) =>
    ask(URGENCY[severity], `alertstate="firing", severity="${words[severity]}"`),
  );
  const pending = [ask(URGENCY.pending, 'alertstate="pending", severity!="none"')].flat();
  return [...firing, ...pending, ...otherwise].join("\nor\n");
}

/** When each alert was active: `expr` is `mostUrgent` by `alertname`. */
export function alertTimeline(description: string, expr: string, stepSeconds: number): PanelBody {
  return stateTimeline({
    title: "Alerts over time",
    description,
    queries: [{ expr, legend: "{{alertname}}" }],
    unit: "none",
    thresholds: urgencySteps,
    mappings: [urgencyMapping],
    stepSeconds,
  });
}
