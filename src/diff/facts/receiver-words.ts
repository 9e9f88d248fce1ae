/** Receivers as people call them. Secrets are names here, as everywhere. */
import type { ReceiverDeclaration } from "../../declare/declaration.ts";

/** `PagerDuty (pagerduty), Slack #oncall (slack)`; `nobody` where there is none. */
export function receiverWords(receiver: ReceiverDeclaration | undefined): string {
  if (receiver === undefined) return NOBODY;
  return Object.entries(receiver)
    .filter(([, integration]) => integration !== undefined)
    .map(([name, integration]) =>
      name === "raw" ? rawWords(integration) : integrationWords(name, integration as Integration),
    )
    .join(", ");
}

export const NOBODY = "nobody";

/** `telegram_configs`. */
function rawWords(lists: object): string {
  return Object.keys(lists).sort().join(", ");
}

interface Integration {
  readonly secret?: string;
  readonly channel?: string;
  readonly url?: string;
  readonly to?: string | readonly string[];
}

function integrationWords(name: string, { secret, channel, url, to }: Integration): string {
  const place = channel ?? url ?? (to === undefined ? undefined : [to].flat().join(" and "));
  return [names[name] ?? name, place, secret && `(${secret})`].filter((part) => part !== undefined).join(" ");
}

const names: Readonly<Record<string, string>> = {
  pagerduty: "PagerDuty",
  opsgenie: "Opsgenie",
  slack: "Slack",
  msteams: "Teams",
  discord: "Discord",
  incidentio: "incident.io",
  jira: "Jira",
  webhook: "webhook",
  email: "mail to",
};
