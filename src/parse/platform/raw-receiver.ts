/**
 * Integrations of Alertmanager that have no form of their own here: data that is passed on as it is. Only secrets are looked
 * for, since what is declared is committed; whether Alertmanager takes the rest, amtool says.
 */
import { z } from "zod";
import { fault } from "../../sli/fault.ts";
import { holdsCredential, isSecretValue } from "../read/credentials.ts";
import { isRecord } from "../read/plain-data.ts";
import { isSecretName } from "./secret-name.ts";

/** Lists of integrations by their key, such as `telegram_configs`. */
export const rawSchema = z
  .record(
    z.string().refine((key) => /^[a-z\d]+_configs$/.test(key), {
      error: "it is not a list of integrations",
      params: fault("bad-value", "Write a key of Alertmanager's receivers, such as telegram_configs."),
    }),
    z.array(z.record(z.string(), z.unknown())).min(1, { error: "the list is empty" }),
  )
  .superRefine((lists, context) => {
    for (const place of secretsGiven(lists, []))
      context.addIssue({ code: "custom", path: [...place], message: SECRET, params: fault("secret-value", HINT) });
  });

const SECRET = "a secret belongs here, and its value may not be committed";
const HINT =
  'Name it in the field that reads it from a file, such as bot_token_file: { secret: "telegram" }; its value is filled in ' +
  "when it is deployed. Change it if it was ever committed.";

type Place = readonly (string | number)[];

/** Where a secret stands, or may stand: fields are known by their names, values by their form. */
function secretsGiven(value: unknown, place: Place): Place[] {
  if (typeof value === "string") return isGiven(value, place) ? [place] : [];
  if (Array.isArray(value)) return value.flatMap((each, index) => secretsGiven(each, [...place, index]));
  if (!isRecord(value)) return [];
  if (isReference(value)) return isFile(place) ? [] : [place];
  return Object.entries(value).flatMap(([key, each]) => secretsGiven(each, [...place, key]));
}

/** `{ secret: "name" }`. */
function isReference(value: unknown): value is { readonly secret: string } {
  return isRecord(value) && Object.keys(value).length === 1 && isSecretName(value.secret);
}

function isGiven(text: string, place: Place): boolean {
  return (
    SECRET_FIELD.test(String(place.at(-1))) || holdsCredential(text) || isSecretValue(text.replace(/^\w+:\/\//, ""))
  );
}

/** Fields that Alertmanager itself conceals. */
const SECRET_FIELD = /^(.*_)?(token|key|password|secret|credentials|bearer)$|^(api_url|webhook_url|api_key|x_.*)$/;

function isFile(place: Place): boolean {
  return String(place.at(-1)).endsWith("_file");
}
