/**
 * Audiences: which team is told, at which severity, and where. Every alert belongs to exactly one.
 */
import type { ReceiverDeclaration } from "../declare/declaration.ts";
import type { Platform, Severity } from "../model/service.ts";
import type { Plan } from "./plan.ts";

/** A team at one severity, with somewhere to tell it: undefined where nothing is declared. */
export interface Audience {
  readonly owner: string;
  readonly severity: Severity;
  readonly receiver: ReceiverDeclaration | undefined;
}

/** Severities, the most urgent first. */
export const severities = ["page", "ticket", "info"] as const satisfies readonly Severity[];

/** Every team and severity that some alert is for, by team and urgency. */
export function audiences(plan: Plan): Audience[] {
  const owners = [...new Set(plan.services.map(({ service }) => service.owner))].sort();
  return owners.flatMap((owner) =>
    severitiesOf(plan, owner).map((severity) => ({
      owner,
      severity,
      receiver: receiverOf(plan.platform, owner, severity),
    })),
  );
}

/**
 * Where a team is told: its own receiver of that severity, else the `default` team's.
 * Information may go where tickets go; a page never becomes a ticket, nor a ticket a page.
 */
export function receiverOf(platform: Platform, owner: string, severity: Severity): ReceiverDeclaration | undefined {
  const teams = [platform.receivers[owner], platform.receivers.default];
  const declared = accepted[severity].flatMap((each) => teams.map((team) => team?.[each]));
  return declared.find((receiver) => receiver !== undefined && reachesAnyone(receiver));
}

const accepted: Readonly<Record<Severity, readonly Severity[]>> = {
  page: ["page"],
  ticket: ["ticket"],
  info: ["info", "ticket"],
};

/** A receiver without an integration is valid in Alertmanager, and swallows what it gets. */
function reachesAnyone(receiver: ReceiverDeclaration): boolean {
  return Object.values(receiver).some((integration) => integration !== undefined);
}

function severitiesOf(plan: Plan, owner: string): Severity[] {
  const services = plan.services.filter(({ service }) => service.owner === owner);
  const all = services.flatMap((each) => [each, ...each.slos, ...each.budgets, ...each.experiments]);
  const used = new Set(all.flatMap(({ alerts }) => alerts.map((alert) => alert.severity)));
  return severities.filter((severity) => used.has(severity));
}
