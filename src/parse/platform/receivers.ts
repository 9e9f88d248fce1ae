/** Where alerts go: integrations by team and severity. Secrets are named, never given. */
import { z } from "zod";
import { fault } from "../../sli/fault.ts";
import { refuseCredential } from "../read/credentials.ts";
import type { Problem } from "../read/read.ts";
import { addressesSchema, addressSchema, smarthostSchema } from "../text/mail.ts";
import { publicUrl } from "../text/texts.ts";
import { rawSchema } from "./raw-receiver.ts";
import { secretNameSchema as secret } from "./secret-name.ts";

const HOOK_HINT =
  'Name a secret instead, webhook: { secret: "webhook" }, and fill in the whole URL when it is deployed; chats have ' +
  'integrations of their own, such as slack: { secret: "slack" }. Change it if it was ever committed.';

const reference = z.strictObject({ secret });
const channel = z
  .string()
  .min(1, { error: "the channel is empty" })
  .superRefine((text, context) => refuseCredential(text, context, 'Give its name, such as channel: "#slo-tickets".'));

const text = z.string().min(1, { error: "it is empty" });

const jiraSchema = z.strictObject({
  secret,
  url: publicUrl(HOOK_HINT),
  project: text,
  issueType: text.optional(),
  user: text.optional(),
  resolve: text.optional(),
  reopen: text.optional(),
});

const emailSchema = z
  .strictObject({
    to: addressesSchema,
    from: addressSchema,
    smarthost: smarthostSchema,
    user: text.optional(),
    secret: secret.optional(),
    requireTls: z.boolean().optional(),
    caFile: text.optional(),
  })
  .refine(({ user, secret }) => (user === undefined) === (secret === undefined), {
    error: "a login needs both a user and a secret",
    params: fault("bad-value", 'Write user: "alerts@example.com", secret: "smtp", or neither.'),
  });

/** Integrations of one receiver. */
export const receiverSchema = z.strictObject({
  pagerduty: reference.optional(),
  opsgenie: reference.optional(),
  slack: z.strictObject({ secret, channel: channel.optional() }).optional(),
  msteams: reference.optional(),
  discord: reference.optional(),
  incidentio: z.strictObject({ secret, url: publicUrl(HOOK_HINT) }).optional(),
  jira: jiraSchema.optional(),
  webhook: z.union([reference, z.strictObject({ url: publicUrl(HOOK_HINT) })]).optional(),
  email: emailSchema.optional(),
  raw: rawSchema.optional(),
});

const teamSchema = z.strictObject({
  page: receiverSchema.optional(),
  ticket: receiverSchema.optional(),
  info: receiverSchema.optional(),
});

/** Receivers by team. */
export const receiversSchema = z.record(z.string(), teamSchema);

/** A problem below `receivers` with the right form as its hint, where the value's type is wrong. */
export function withReceiverHint(problem: Problem): Problem {
  const [field, ...place] = problem.path;
  if (field === "watchdog") return withWatchdogHint(problem);
  if (field !== "receivers" || !["wrong-type", "missing-field"].includes(problem.code)) return problem;
  return { ...problem, hint: formAt(place.map(String)) };
}

function withWatchdogHint(problem: Problem): Problem {
  if (!["wrong-type", "missing-field"].includes(problem.code)) return problem;
  return { ...problem, hint: 'Write watchdog: { webhook: { secret: "heartbeat" } }.' };
}

/** How it is written at this depth: receivers, a team, a severity, an integration, a field of it. */
function formAt([team, severity, integration, field]: readonly string[]): string {
  const example = exampleOf(integration ?? "pagerduty");
  if (integration === "email" || integration === "raw" || (field !== undefined && field !== "secret"))
    return `Write ${example}.`;
  if (integration !== undefined) return `Name the secret, never give its value: ${example}.`;
  if (severity !== undefined) return `Write ${severity}: { ${severity === "page" ? example : exampleOf("slack")} }.`;
  const page = `{ page: { ${example} } }`;
  return team === undefined ? `Write receivers: { default: ${page} }.` : `Write ${JSON.stringify(team)}: ${page}.`;
}

function exampleOf(integration: string): string {
  return `${integration}: ${forms[integration] ?? '{ secret: "…" }'}`;
}

const forms: Readonly<Record<string, string>> = {
  pagerduty: '{ secret: "pagerduty" }',
  opsgenie: '{ secret: "opsgenie" }',
  slack: '{ secret: "slack", channel: "#slo-tickets" }',
  msteams: '{ secret: "msteams" }',
  discord: '{ secret: "discord" }',
  incidentio: '{ secret: "incidentio", url: "https://api.incident.io/v2/alert_events/alertmanager/ID" }',
  jira: '{ secret: "jira", url: "https://example.atlassian.net", project: "OPS", user: "bot@example.com" }',
  raw: '{ telegram_configs: [{ chat_id: 1, bot_token_file: { secret: "telegram" } }] }',
  webhook: '{ secret: "webhook" } or { url: "https://hooks.example.com/pages" }',
  email: '{ to: "oncall@example.com", from: "alerts@example.com", smarthost: "smtp.example.com:587" }',
};
