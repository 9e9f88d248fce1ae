/** Secrets: none is in a text that anybody may read. Receivers name files, or keys of a Secret. */
import type { ResourceValidationPolicy } from "@pulumi/policy";
import { type Resource, ROUTES, textsOf } from "./resource.ts";

/** Fields of Alertmanager that hold a secret themselves; those that end in `_file` name one. */
const FIELD =
  /^\s*(?:- )?(routing_key|service_key|api_key|api_url|webhook_url|bot_token|token|user_key|auth_password|auth_secret|password|credentials|bearer_token):\s*\S/m;

/** Addresses that are secrets. */
const ADDRESS =
  /https?:\/\/(?:hooks\.slack\.com\/services\/\S+|discord(?:app)?\.com\/api\/webhooks\/\S+|[^\s/@:]+:[^\s/@]+@)/;

export const noSecretInClear: ResourceValidationPolicy = {
  name: "no-secret-in-clear",
  description: "No text that is deployed in clear holds a secret.",
  validateResource: (resource, report) => {
    for (const [name, text] of clearTexts(resource)) {
      const field = isRouting(name) ? FIELD.exec(text)?.[1] : undefined;
      if (field !== undefined) report(`${name} holds a value for ${field}: name a file with ${field}_file.`);
      if (ADDRESS.test(text)) report(`${name} holds an address that is a secret.`);
    }
  },
};

function clearTexts({ type, props }: Resource): [string, string][] {
  return type === ROUTES ? [["spec", JSON.stringify(props.spec ?? {})]] : textsOf({ type, props });
}

function isRouting(name: string): boolean {
  return name.endsWith("alertmanager.yaml");
}
