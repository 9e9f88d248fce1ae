/** Integrations that were declared as Alertmanager has them: only the names of secrets become files. */
import type { ReceiverDeclaration, SecretReference } from "../../../declare/declaration.ts";

type RawLists = NonNullable<ReceiverDeclaration["raw"]>;

export function rawIntegrations(
  raw: ReceiverDeclaration["raw"] = {},
  file: (reference: SecretReference) => string,
): RawLists {
  return withFiles(raw, file) as RawLists;
}

function withFiles(value: unknown, file: (reference: SecretReference) => string): unknown {
  if (Array.isArray(value)) return value.map((each) => withFiles(each, file));
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value);
  const [[key, name] = []] = entries;
  if (entries.length === 1 && key === "secret" && typeof name === "string") return file({ secret: name });
  return Object.fromEntries(entries.map(([key, each]) => [key, withFiles(each, file)]));
}
