/** Secrets for the receivers of a platform, from wherever a program keeps them. */
import type * as pulumi from "@pulumi/pulumi";
import type { PlatformDeclaration } from "../model/declaration.ts";
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
  const found = secretNames(platform).flatMap((name) => {
    const value = find(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return found.length === 0 ? {} : { secrets: Object.fromEntries(found) };
}

/** Names of all secrets that a receiver names, sorted. */
export function secretNames({ receivers = {} }: Pick<PlatformDeclaration, "receivers">): string[] {
  const all = Object.values(receivers).flatMap((team) => Object.values(team ?? {}));
  const integrations = all.flatMap((receiver) => Object.values(receiver ?? {}));
  const names = integrations.flatMap((each) =>
    typeof each === "object" && each !== null && "secret" in each ? [String(each.secret)] : [],
  );
  return [...new Set(names)].sort();
}
