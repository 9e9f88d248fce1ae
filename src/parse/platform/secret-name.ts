/** Names of secrets: keys of a Kubernetes Secret, and files where Alertmanager runs. */
import { z } from "zod";
import { refuse } from "../../sli/fault.ts";
import { isSecretValue } from "../read/credentials.ts";

/** A secret's name, and never its value. */
export const secretNameSchema = z.string().superRefine((name, context) => {
  if (isSecretName(name)) return;
  if (isSecretValue(name))
    refuse(context, "secret-value", "this is a secret itself, where its name belongs", NAME_HINT);
  else refuse(context, "bad-id", "a secret's name has letters, digits, dots, dashes and underscores only", NAME_HINT);
});

/** Whether a secret can have this name: it is a key of a Kubernetes Secret, which is a file's name too. */
export function isSecretName(name: unknown): name is string {
  return typeof name === "string" && NAME.test(name) && !isSecretValue(name);
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,252}$/;

const NAME_HINT =
  'Name the secret, such as secret: "pagerduty"; its value is filled in when it is deployed. Change any value that ' +
  "was ever committed.";
