/**
 * Receivers: one for each team and severity, and one for whatever is not firebreak's.
 */
import { type Audience, audiences, isUnwanted, reachesAnyone, receiverOf } from "../../../compile/audience.ts";
import type { Plan } from "../../../compile/plan.ts";
import type { Platform, Severity } from "../../../model/service.ts";
import type { Receiver } from "../config.ts";
import { integrationsOf } from "./integrations.ts";

/** The team that serves teams without an entry, and alerts of nobody. */
const DEFAULT_TEAM = "default";

/** Alertmanager's usual name for a receiver that notifies nobody. */
export const NOBODY = "null";

/** Audiences that a route can distinguish: where two severities share an emitted word, the more urgent one has it. */
export function routedAudiences(plan: Plan): Audience[] {
  const key = ({ owner, severity }: Audience) => `${owner}\n${plan.platform.severities[severity]}`;
  const all = audiences(plan).filter((audience) => !isUnwanted(audience));
  return all.filter((audience, index) => all.findIndex((other) => key(other) === key(audience)) === index);
}

export function receiverName(owner: string, severity: Severity): string {
  return `${owner}-${severity}`;
}

/** Where alerts go that no route matches: the default team's tickets, as the root route cannot page wisely. */
export function rootReceiver(platform: Platform): string {
  return receiverOf(platform, DEFAULT_TEAM, "ticket") ? receiverName(DEFAULT_TEAM, "ticket") : NOBODY;
}

/** Where pages of a team go that this file does not know yet, such as one whose rules were deployed first. */
export function strayPageReceiver(platform: Platform): string | undefined {
  return receiverOf(platform, DEFAULT_TEAM, "page") && receiverName(DEFAULT_TEAM, "page");
}

/** Who notices when alerts stop. */
const HEARTBEAT = "watchdog";

/** Where the alert goes that always fires. */
export function heartbeatReceiver({ watchdog }: Platform): string {
  return watchdog !== undefined && reachesAnyone(watchdog) ? HEARTBEAT : NOBODY;
}

/** Every receiver that a route names, in name order. */
export function compileReceivers(plan: Plan): Receiver[] {
  const receivers = new Map<string, Receiver>();
  for (const audience of [...routedAudiences(plan), ...defaultAudiences(plan.platform)]) {
    const name = receiverName(audience.owner, audience.severity);
    receivers.set(name, {
      name,
      ...integrationsOf(audience.severity, audience.receiver, plan.platform.secretsDirectory),
    });
  }
  const { watchdog, secretsDirectory } = plan.platform;
  if (heartbeatReceiver(plan.platform) === HEARTBEAT)
    receivers.set(HEARTBEAT, { name: HEARTBEAT, ...integrationsOf("page", watchdog, secretsDirectory) });
  receivers.set(NOBODY, { name: NOBODY });
  return [...receivers.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function defaultAudiences(platform: Platform): Audience[] {
  const all = (["page", "ticket"] as const).map((severity) => ({
    owner: DEFAULT_TEAM,
    severity,
    receiver: receiverOf(platform, DEFAULT_TEAM, severity),
  }));
  return all.filter(({ receiver }) => receiver !== undefined);
}
