/** Where alerts go: integrations by team and severity. Secrets are named, never given. */
import { z } from "zod";
import { fault } from "../sli/metric.ts";
import { addressesSchema, addressSchema, smarthostSchema } from "./mail.ts";
import { urlSchema } from "./texts.ts";

// A key of a Kubernetes Secret, which is a file's name too.
const secret = z.string().refine((name) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/.test(name), {
  error: "a secret's name has letters, digits, dots, dashes and underscores only",
  params: fault("bad-id", "Name the secret; its value is filled in when it is deployed."),
});

const reference = z.strictObject({ secret });

const receiverSchema = z.strictObject({
  pagerduty: reference.optional(),
  opsgenie: reference.optional(),
  slack: z.strictObject({ secret, channel: z.string().min(1).optional() }).optional(),
  msteams: reference.optional(),
  discord: reference.optional(),
  webhook: z.union([reference, z.strictObject({ url: urlSchema })]).optional(),
  email: z.strictObject({ to: addressesSchema, from: addressSchema, smarthost: smarthostSchema }).optional(),
});

const teamSchema = z.strictObject({
  page: receiverSchema.optional(),
  ticket: receiverSchema.optional(),
  info: receiverSchema.optional(),
});

/** Receivers by team. */
export const receiversSchema = z.record(z.string(), teamSchema);
