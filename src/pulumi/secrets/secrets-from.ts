/** Secrets for the receivers of a platform, from wherever a program keeps them. */
import type * as pulumi from "@pulumi/pulumi";
import type { PlatformDeclaration } from "../../declare/declaration.ts";
import type { IssuePath } from "../../issue.ts";
import { isSecretName } from "../../parse/platform/secret-name.ts";
import { isRecord } from "../../parse/read/plain-data.ts";
import type { SloStackArgs } from "../args.ts";

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

/** All secrets that receivers name, each at its first place, sorted by name. A secret given in place of its name is not one. */
export function namedSecrets({ receivers, watchdog }: Named): NamedSecret[] {
  const places = [
    ...fieldsWithin(receivers, ["platform", "receivers"]),
    ...fieldsWithin(watchdog, ["platform", "watchdog"]),
  ];
  const named = places.flatMap(({ value, path }) =>
    path.at(-1) === "secret" && isSecretName(value) ? [{ name: value, path }] : [],
  );
  return named
    .filter(({ name }, index) => named.findIndex((other) => other.name === name) === index)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface Named {
  readonly receivers?: unknown;
  readonly watchdog?: unknown;
}

interface Field {
  readonly value: unknown;
  readonly path: IssuePath;
}

/** Every field below, however deep: raw integrations name secrets wherever Alertmanager reads a file. */
function fieldsWithin(value: unknown, path: IssuePath): Field[] {
  if (Array.isArray(value)) return value.flatMap((each, index) => fieldsWithin(each, [...path, index]));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, field]) => [
    { value: field, path: [...path, key] },
    ...fieldsWithin(field, [...path, key]),
  ]);
}
