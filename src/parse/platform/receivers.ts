/** Where alerts go: integrations by team and severity. Secrets are named, never given. */
import { z } from "zod";
import { refuse } from "../../sli/metric.ts";
import { isSecretValue, refuseCredential } from "../read/credentials.ts";
import type { Problem } from "../read/read.ts";
import { addressesSchema, addressSchema, smarthostSchema } from "../text/mail.ts";
import { publicUrl } from "../text/texts.ts";

/** Whether a secret can have this name: it is a key of a Kubernetes Secret, which is a file's name too. */
export function isSecretName(name: unknown): name is string {
  return typeof name === "string" && NAME.test(name) && !isSecretValue(name);
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/;

const secret = z.string().superRefine((name, context) => {
  if (isSecretName(name)) return;
  if (isSecretValue(name))
    refuse(context, "secret-value", "this is a secret itself, where its name belongs", NAME_HINT);
  else refuse(context, "bad-id", "a secret's name has letters, digits, dots, dashes and underscores only", NAME_HINT);
});

const NAME_HINT =
  'Name the secret, such as secret: "pagerduty"; its value is filled in when it is deployed. A value that was ever committed ' +
  "is to be changed.";
const HOOK_HINT =
  'Name a secret instead, webhook: { secret: "webhook" }, and fill in the whole URL when it is deployed; chats have ' +
  'integrations of their own, such as slack: { secret: "slack" }. Change what was ever committed.';

const reference = z.strictObject({ secret });
const channel = z
  .string()
  .min(1, { error: "the channel is empty" })
  .superRefine((text, context) => refuseCredential(text, context, 'Give its name, such as channel: "#slo-tickets".'));

const receiverSchema = z.strictObject({
  pagerduty: reference.optional(),
  opsgenie: reference.optional(),
  slack: z.strictObject({ secret, channel: channel.optional() }).optional(),
  msteams: reference.optional(),
  discord: reference.optional(),
  webhook: z.union([reference, z.strictObject({ url: publicUrl(HOOK_HINT) })]).optional(),
  email: z.strictObject({ to: addressesSchema, from: addressSchema, smarthost: smarthostSchema }).optional(),
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
  if (field !== "receivers" || !["wrong-type", "missing-field"].includes(problem.code)) return problem;
  return { ...problem, hint: formAt(place.map(String)) };
}

/** How it is written at this depth: receivers, a team, a severity, an integration, a field of it. */
function formAt([team, severity, integration, field]: readonly string[]): string {
  const example = exampleOf(integration ?? "pagerduty");
  if (integration === "email" || (field !== undefined && field !== "secret")) return `Write ${example}.`;
  if (integration !== undefined) return `Name the secret, never give its value: ${example}.`;
  if (severity !== undefined) return `Write ${severity}: { ${example} }.`;
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
  webhook: '{ secret: "webhook" } or { url: "https://hooks.example.com/pages" }',
  email: '{ to: "oncall@example.com", from: "alerts@example.com", smarthost: "smtp.example.com:587" }',
};
