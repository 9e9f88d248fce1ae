/** Who alerts, how often it may, whom that reaches, and what it costs to find out. */
import { receiverOf, severities } from "../../compile/audience.ts";
import type { SentAlert } from "../../compile/plan.ts";
import { type Evaluated, evaluationCost } from "../../explain/cost.ts";
import type { Platform, Severity } from "../../model/service.ts";
import { printAmount } from "../../promql/number.ts";
import { hasRoutes } from "../plans.ts";
import { detail, type Fact, mainFact } from "./fact.ts";
import { receiverWords } from "./receiver-words.ts";

/** One fact for each alert. */
export function alertFacts(alerts: readonly SentAlert[]): Fact[] {
  const names = [...new Set(alerts.map(({ alert }) => alert))];
  return names.map((name) => {
    const severity = alerts.find(({ alert }) => alert === name)?.severity ?? "";
    const rules = alerts.filter(({ alert }) => alert === name).length;
    return detail(
      `alerts.${name}`,
      `alert ${name}`,
      { severity, rules },
      rules === 1 ? severity : `${severity}, ${rules} rules`,
    );
  });
}

/** One fact for each severity that it alerts at; none where firebreak routes nothing. */
export function audienceFacts(alerts: readonly SentAlert[], owner: string, platform: Platform): Fact[] {
  if (!hasRoutes({ platform })) return [];
  const used = severities.filter((severity) => alerts.some((alert) => alert.severity === severity));
  return used.map((severity) => {
    const words = receiverWords(receiverOf(platform, owner, severity));
    return mainFact(`notified.${severity}`, `notified of ${alertsWords[severity]}`, words, words);
  });
}

/** Alerts of a severity, as people call them. */
export const alertsWords = { page: "pages", ticket: "tickets", info: "information" } as const satisfies Readonly<
  Record<Severity, string>
>;

/** Per group and hour, as `explain` has it. */
export function costFacts(evaluated: Evaluated): Fact[] {
  const { rules, samplesPerHour } = evaluationCost(evaluated);
  const { windows, perSeries } = samplesPerHour;
  const words = `${printAmount(Math.round(windows))}, and ${printAmount(Math.round(perSeries))} for each raw series`;
  return [
    detail("rules", "rules", rules, String(rules)),
    detail(
      "samplesPerHour",
      "samples read an hour",
      { windows: Math.round(windows), perSeries: Math.round(perSeries) },
      words,
    ),
  ];
}
