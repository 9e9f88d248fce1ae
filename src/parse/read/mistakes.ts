/**
 * Mistakes that were made before a declaration was: in the options of a preset, which returns plain declarations and
 * never throws. They travel with a value of the declaration, and `parse` reports them at its place.
 */
import type { Problem } from "./found.ts";

/** Remembers problems with a value, and gives the value back. */
export function noteMistakes<T extends object>(value: T, problems: readonly Problem[]): T {
  mistakes.set(value, problems);
  return value;
}

/** The problems that travel with a value. */
export function mistakesOf(value: unknown): readonly Problem[] {
  return (typeof value === "object" && value !== null ? mistakes.get(value) : undefined) ?? [];
}

/** A copy has the mistakes of its original. */
export function copyMistakes(original: object, copy: object): void {
  const problems = mistakes.get(original);
  if (problems !== undefined) mistakes.set(copy, problems);
}

const mistakes = new WeakMap<object, readonly Problem[]>();
