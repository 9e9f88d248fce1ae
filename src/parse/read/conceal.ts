/**
 * Values that must not be quoted: messages go to terminals, logs of CI and the engine of a deployment. Where a secret may
 * have been given by mistake, what describes the problem never sees the value, only its kind.
 */
import { holdsCredential } from "./credentials.ts";
import type { SchemaProblem } from "./schema-problems.ts";

/** The problem without its value, where that is below one of these fields or shows that it is a credential. */
export function conceal(problem: SchemaProblem, fields: readonly string[]): SchemaProblem {
  const { path, input } = problem;
  const isPrivate = fields.includes(String(path[0])) || (typeof input === "string" && holdsCredential(input));
  return isPrivate ? { ...problem, input: standIn(input) } : problem;
}

/** What is written of a value instead of itself. */
export function kindOfValue(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return KINDS[typeof value] ?? "a value that is not plain data";
}

const KINDS: Readonly<Record<string, string>> = {
  string: "a text",
  number: "a number",
  boolean: "true or false",
  object: "an object",
  function: "a function",
};

/** A symbol is shown by its description. What is missing, or has parts of its own, quotes nothing. */
function standIn(input: unknown): unknown {
  const isQuoted = input !== undefined && typeof input !== "object" && typeof input !== "function";
  return isQuoted ? Symbol(kindOfValue(input)) : input;
}
