/**
 * Integrations: what each kind of receiver sends. Texts come from templates/firebreak.tmpl; secrets are files that
 * Alertmanager reads when it notifies, so this configuration never holds one.
 */
import { escapeTemplate } from "../../../compile/annotations/annotation-query.ts";
import type { ReceiverDeclaration, SecretReference } from "../../../declare/declaration.ts";
import type { Severity } from "../../../model/service.ts";
import type { Receiver } from "../config.ts";
import { rawIntegrations } from "./raw-integrations.ts";

/** The `*_configs` of a receiver, in a fixed order; none where nothing is declared. */
export function integrationsOf(
  severity: Severity,
  receiver: ReceiverDeclaration = {},
  secretsDirectory: string,
): Omit<Receiver, "name"> {
  const file = ({ secret }: SecretReference) => `${secretsDirectory}/${secret}`;
  const made = kinds.map(({ key, config }) => [key, config(receiver, severity, file)] as const);
  const declared = made.filter(([, config]) => config !== undefined);
  const typed = declared.map(([key, config]) => [key, [{ send_resolved: true, ...config }]] as const);
  return merged([...typed, ...Object.entries(rawIntegrations(receiver.raw, file))]);
}

/** One list for each key: a kind may be declared in its form here and as Alertmanager has it. */
function merged(lists: readonly (readonly [string, readonly Integration[]])[]): Omit<Receiver, "name"> {
  const keys = [...new Set(lists.map(([key]) => key))];
  return Object.fromEntries(keys.map((key) => [key, lists.flatMap(([other, list]) => (other === key ? list : []))]));
}

type Integration = Readonly<Record<string, unknown>>;

interface Kind {
  readonly key: `${string}_configs`;
  readonly config: (
    receiver: ReceiverDeclaration,
    severity: Severity,
    file: (reference: SecretReference) => string,
  ) => Readonly<Record<string, unknown>> | undefined;
}

const pagerdutySeverity: Readonly<Record<Severity, string>> = { page: "critical", ticket: "warning", info: "info" };
const opsgeniePriority: Readonly<Record<Severity, string>> = { page: "P1", ticket: "P3", info: "P5" };

const kinds: readonly Kind[] = [
  {
    key: "pagerduty_configs",
    config: ({ pagerduty }, severity, file) =>
      pagerduty && {
        routing_key_file: file(pagerduty),
        description: use("firebreak.title"),
        severity: pagerdutySeverity[severity],
        group: "{{ .CommonLabels.slo_service }}",
        // What is not about an SLO is about a budget or an experiment.
        class: "{{ or .CommonLabels.slo .CommonLabels.budget .CommonLabels.experiment }}",
        details: { firing: use("firebreak.text.firing"), resolved: use("firebreak.text.resolved") },
        // An empty link is left out by Alertmanager.
        links: [
          { href: use("firebreak.runbook"), text: "Runbook" },
          { href: use("firebreak.dashboard"), text: "Dashboard" },
          { href: use("firebreak.query"), text: "Query" },
          { href: use("firebreak.silence"), text: "Silence" },
        ],
      },
  },
  {
    key: "opsgenie_configs",
    config: ({ opsgenie }, severity, file) =>
      opsgenie && {
        api_key_file: file(opsgenie),
        message: use("firebreak.title"),
        description: use("firebreak.text"),
        priority: opsgeniePriority[severity],
      },
  },
  {
    key: "slack_configs",
    config: ({ slack }, _severity, file) =>
      slack && {
        api_url_file: file(slack),
        ...(slack.channel === undefined ? {} : { channel: escapeTemplate(slack.channel) }),
        title: use("firebreak.slack.title"),
        title_link: use("firebreak.link"),
        fallback: use("firebreak.slack.title"),
        text: use("firebreak.slack.text"),
      },
  },
  {
    key: "msteamsv2_configs",
    config: ({ msteams }, _severity, file) =>
      msteams && {
        webhook_url_file: file(msteams),
        title: use("firebreak.markdown.title"),
        text: use("firebreak.markdown"),
      },
  },
  {
    key: "discord_configs",
    config: ({ discord }, _severity, file) =>
      discord && {
        webhook_url_file: file(discord),
        title: use("firebreak.markdown.title"),
        message: use("firebreak.markdown"),
      },
  },
  {
    key: "incidentio_configs",
    config: ({ incidentio }, _severity, file) =>
      incidentio && { url: escapeTemplate(incidentio.url), alert_source_token_file: file(incidentio) },
  },
  {
    key: "jira_configs",
    config: ({ jira }, _severity, file) =>
      jira && {
        api_url: jira.url,
        project: escapeTemplate(jira.project),
        issue_type: escapeTemplate(jira.issueType ?? "Task"),
        summary: use("firebreak.title"),
        description: use("firebreak.text"),
        ...(jira.resolve === undefined ? {} : { resolve_transition: jira.resolve }),
        ...(jira.reopen === undefined ? {} : { reopen_transition: jira.reopen }),
        http_config:
          jira.user === undefined
            ? { authorization: { credentials_file: file(jira) } }
            : { basic_auth: { username: jira.user, password_file: file(jira) } },
      },
  },
  {
    // It gets the alerts as data, with all their annotations, so there is no text to choose.
    key: "webhook_configs",
    config: ({ webhook }, _severity, file) =>
      webhook && ("secret" in webhook ? { url_file: file(webhook) } : { url: escapeTemplate(webhook.url) }),
  },
  {
    key: "email_configs",
    config: ({ email }, _severity, file) =>
      email && {
        to: escapeTemplate(email.to),
        from: escapeTemplate(email.from),
        smarthost: email.smarthost,
        ...(email.user === undefined ? {} : { auth_username: email.user }),
        ...(email.secret === undefined ? {} : { auth_password_file: file({ secret: email.secret }) }),
        ...(email.requireTls === undefined ? {} : { require_tls: email.requireTls }),
        ...(email.caFile === undefined ? {} : { tls_config: { ca_file: email.caFile } }),
        headers: { Subject: use("firebreak.title") },
        html: use("firebreak.email"),
        text: use("firebreak.text"),
      },
  },
];

function use(template: string): string {
  return `{{ template "${template}" . }}`;
}
