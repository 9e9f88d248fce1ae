/** Test files and the rules that they name, read once. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Rules } from "../../play/piece.ts";
import { readRules } from "../../play/rule-text.ts";
import { readTests, type TestText } from "../../play/test-text.ts";

export interface ReadFile {
  readonly path: string;
  /** Undefined where it is not understood. */
  readonly tests: TestText | undefined;
  readonly rules: readonly Rules[];
}

/** A file that is understood, with all its rules. */
export type Understood = ReadFile & { readonly tests: TestText };

export function readTestFiles(paths: readonly string[]): ReadFile[] {
  const known = new Map<string, Rules>();
  return paths.map((path) => {
    const tests = readTests(readFileSync(path, "utf8"));
    const names = tests?.ruleFiles ?? [];
    return { path, tests, rules: names.map((name) => readRuleFile(resolve(dirname(path), name), known)) };
  });
}

/** A pattern, or a file that is not there, is left to promtool. */
function readRuleFile(path: string, known: Map<string, Rules>): Rules {
  const isFile = !/[*?[\\]/.test(path) && existsSync(path);
  const rules = known.get(path) ?? { path, text: isFile ? readRules(readFileSync(path, "utf8")) : undefined };
  known.set(path, rules);
  return rules;
}

export function isUnderstood(file: ReadFile): file is Understood {
  return file.tests !== undefined && file.rules.every(({ text }) => text !== undefined);
}

/** What files for the same rules share. */
export function rulesKey({ rules }: ReadFile): string {
  return JSON.stringify(rules.map(({ path }) => path));
}
