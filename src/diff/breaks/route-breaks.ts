/** Alerts that reach somebody else, or nobody. */
import { severities } from "../../compile/audience.ts";
import type { Plan } from "../../compile/plan.ts";
import type { Severity } from "../../model/service.ts";
import { alertsWords } from "../facts/alert-facts.ts";
import { type FactChange, factChanges } from "../facts/fact.ts";
import { NOBODY } from "../facts/receiver-words.ts";
import type { Pair } from "../pair.ts";
import { hasRoutes } from "../plans.ts";
import type { Subject } from "../subject.ts";
import { code, upperFirst } from "../words.ts";
import type { Break } from "./break.ts";

/** Of an audience whose receiver changed, and of a service with another owner. */
export function routeBreaks({ before, after }: Pair): Break[] {
  const changes = factChanges(before.facts, after.facts);
  if (after.type === "audience") return changes.flatMap((fact) => breakOf(after, audienceWords(after), fact));
  if (after.type !== "service" || before.owner === after.owner) return [];
  return severities.flatMap((severity) =>
    changes
      .filter(({ field }) => field === `notified.${severity}`)
      .flatMap((fact) => breakOf(after, alertsOf(severity, after.id), fact)),
  );
}

/** Of an audience that was not there before. */
export function unroutedAudience(subject: Subject): Break[] {
  const { type, id, facts } = subject;
  // Information goes nowhere unless it is declared where.
  if (type !== "audience" || facts[0]?.words !== NOBODY || id.endsWith(" info")) return [];
  return [{ kind: "unrouted", type, id, message: `${audienceWords(subject)} are new, and reach nobody.` }];
}

/** Of an audience that is notified no longer because no receiver is declared any more at all. */
export function routesGone(subject: Subject, after: Plan): Break[] {
  const { type, id } = subject;
  if (type !== "audience" || hasRoutes(after)) return [];
  return [
    {
      kind: "unrouted",
      type,
      id,
      message: `${audienceWords(subject)} are no longer routed: no receiver is declared.`,
    },
  ];
}

/** ``Pages of `web` ``. */
function audienceWords({ id, owner = "" }: Pick<Subject, "id" | "owner">): string {
  return alertsOf(id.slice(owner.length + 1) as Severity, owner);
}

function alertsOf(severity: Severity, whose: string): string {
  const words = severity === "info" ? "information alerts" : alertsWords[severity];
  return `${upperFirst(words)} of ${code(whose)}`;
}

function breakOf({ type, id }: Subject, alerts: string, { before, after }: FactChange): Break[] {
  if (!before || !after || before.words === NOBODY) return [];
  if (after.words === NOBODY)
    return [{ kind: "unrouted", type, id, message: `${alerts} reach nobody: ${code(before.words)} was notified.` }];
  const [old, now] = [code(before.words), code(after.words)];
  const message = `${alerts} go to ${now}, no longer to ${old}.`;
  return [{ kind: "rerouted", type, id, message, remedy: firingWords(type, old, now) }];
}

/**
 * Alertmanager sends what fires on by the new routes, and the old receiver nothing more of it. An alert with another
 * `owner` is another alert: the one before runs out, which the old receiver hears where its routes are left.
 */
function firingWords(type: Subject["type"], old: string, now: string): string {
  return type === "service"
    ? `Deploy it while none fires: one that fires then starts again at ${now}, and ${old} hears that it is resolved, or nothing.`
    : `Deploy it while none fires: ${now} is notified of one that fires then, and ${old} never hears that it is resolved.`;
}
