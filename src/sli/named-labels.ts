/** Labels that a selector's matchers ask for: a series that lacks one of them is not selected. */
import type { Matcher } from "../promql/ast.ts";
import { matchesAll } from "./witness.ts";

/** Names of labels that must be there, each once. */
export function neededLabels(matchers: readonly Matcher[]): string[] {
  const needed = matchers.filter((matcher) => matcher.label !== "__name__" && !matchesAll([matcher], {}));
  return [...new Set(needed.map(({ label }) => label))];
}

/**
 * Those that a part adds to its total by a value. Labels that only failures carry are none of them: where nothing ever
 * failed, no series has them. `x!=""` and `x=~".+"` say so by themselves, `error_type` by its name.
 */
export function addedLabels(total: readonly Matcher[], part: readonly Matcher[]): string[] {
  const known = [...neededLabels(total), ...neededLabels(part.filter(takesAnyValue))];
  return neededLabels(part).filter((label) => !known.includes(label) && !ONLY_FAILURES.test(label));
}

function takesAnyValue({ op, value }: Matcher): boolean {
  return op === "!=" || op === "!~" || (op === "=~" && [".+", "..*"].includes(value));
}

const ONLY_FAILURES = /err|exception|fail/i;
