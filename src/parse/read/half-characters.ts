/**
 * Texts that are no Unicode: half of a surrogate pair, left over where a text was cut in the middle of a character.
 * No file can hold it, so it would come out as another text than the one that Prometheus sees.
 */
import { isRecord } from "./plain-data.ts";
import type { Problem } from "./read.ts";

/** A problem for each text in plain data, keys included, that has half a character. */
export function halfCharacters(value: unknown): Problem[] {
  return problemsIn(value, [], new Set());
}

type Path = readonly (string | number)[];

function problemsIn(value: unknown, path: Path, seen: Set<unknown>): Problem[] {
  if (typeof value === "string") return value.isWellFormed() ? [] : [problem(path)];
  if (typeof value !== "object" || seen.has(value)) return [];
  seen.add(value);
  if (Array.isArray(value)) return value.flatMap((item, index) => problemsIn(item, [...path, index], seen));
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, field]) => [
    ...(key.isWellFormed() ? [] : [problem([...path, key])]),
    ...problemsIn(field, [...path, key], seen),
  ]);
}

function problem(path: Path): Problem {
  return {
    code: "bad-value",
    path,
    message: "the text has half of a character in it (a lone surrogate).",
    hint: "Write the whole character, or leave it out; a text was cut in the middle of one.",
  };
}
