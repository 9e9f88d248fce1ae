/** Rule files of the user's own, by paths and patterns. */
import { globSync, readFileSync } from "node:fs";
import { systemCode, UnusablePath } from "./write/unusable-path.ts";

export interface RuleFile {
  readonly path: string;
  readonly text: string;
}

/**
 * Reads every file that a pattern matches, each once, in their order.
 *
 * @throws {UnusablePath} where a pattern matches nothing, or a file cannot be read.
 */
export function findRuleFiles(patterns: readonly string[]): RuleFile[] {
  const paths = patterns.flatMap((pattern) => {
    const found = globSync(pattern).sort();
    if (found.length > 0) return found;
    throw new UnusablePath(
      `--rules ${pattern} matches no file.`,
      'Name a file, or a pattern in quotes: "rules/*.yaml".',
    );
  });
  return [...new Set(paths)].map((path) => ({ path, text: readRuleFile(path) }));
}

function readRuleFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new UnusablePath(
      `${path} cannot be read (${systemCode(error) ?? "unknown"}).`,
      "Name rule files, such as rules/team.yaml.",
      error,
    );
  }
}
