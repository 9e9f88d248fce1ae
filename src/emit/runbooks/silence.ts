/** The command that silences one group at its most urgent severity: a silence of pages leaves tickets alone. */
import { severities } from "../../compile/audience.ts";
import type { Plan, SentAlert } from "../../compile/plan.ts";
import { codeSpan } from "./markdown/markdown.ts";

interface Silenced {
  readonly groupLabels: readonly string[];
  readonly alerts: readonly SentAlert[];
}

/**
 * As code within a line.
 *
 * @param id - The labels that every alert of it has.
 */
export function silenceOf(id: object, { groupLabels, alerts }: Silenced, { platform }: Plan): string {
  const most = severities.find((severity) => alerts.some((alert) => alert.severity === severity));
  const matchers = [
    ...Object.entries(id),
    ...groupLabels.map((label) => [label, "…"]),
    ...(most === undefined ? [] : [["severity", platform.severities[most]]]),
  ];
  const all = matchers.map(([label, value]) => `'${label}="${value}"'`).join(" ");
  return codeSpan(
    `amtool --alertmanager.url="$ALERTMANAGER_URL" silence add --duration=2h --author="$USER" --comment="why, and the ticket" ${all}`,
  );
}
