/** Secrets for the receivers of a platform, from wherever a program keeps them. */
import type * as pulumi from "@pulumi/pulumi";
import type { PlatformDeclaration } from "../declare/declaration.ts";
import type { IssuePath } from "../issue.ts";
import { isSecretName } from "../parse/platform/receivers.ts";
import { isRecord } from "../parse/read/plain-data.ts";
import type { SloStackArgs } from "./slo-stack.ts";

/**
 * The secrets that receivers name, as SloStack takes them; nothing where `find` finds none of them.
 *
 * @param find - Gives a secret's value by its name, such as `(name) => config.getSecret(name)`.
 */
export function secretsFrom(
  platform: PlatformDeclaration,
  find: (name: string) => pulumi.Input<string> | undefined,
): Pick<SloStackArgs, "secrets"> {
  const found = namedSecrets(platform).flatMap(({ name }) => {
    const value = find(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return found.length === 0 ? {} : { secrets: Object.fromEntries(found) };
}

/** A secret that is named, and where. */
export interface NamedSecret {
  readonly name: string;
  readonly path: IssuePath;
}

/** All secrets that receivers name, each at its first place, sorted by name. A secret given in place of its name is none. */
export function namedSecrets({ receivers }: Pick<PlatformDeclaration, "receivers">): NamedSecret[] {
  const places = fieldsIn(receivers, ["platform", "receivers"])
    .flatMap(({ value, path }) => fieldsIn(value, path))
    .flatMap(({ value, path }) => fieldsIn(value, path))
    .flatMap(({ value, path }) => fieldsIn(value, path));
  const named = places.flatMap(({ value, path }) =>
    path.at(-1) === "secret" && isSecretName(value) ? [{ name: value, path }] : [],
  );
  return named
    .filter(({ name }, index) => named.findIndex((other) => other.name === name) === index)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function fieldsIn(value: unknown, path: IssuePath): { readonly value: unknown; readonly path: IssuePath }[] {
  return isRecord(value) ? Object.entries(value).map(([key, field]) => ({ value: field, path: [...path, key] })) : [];
}
