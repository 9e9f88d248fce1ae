/** Test files and the rules that they name, read once. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { Rules } from "../../play/piece.ts";
import { readRules } from "../../play/rule-text.ts";
import { readTests, type TestText } from "../../play/test-text.ts";
import { systemCode, UnusablePath } from "../write/unusable-path.ts";

export interface ReadFile {
  readonly path: string;
  /** Undefined where it is not understood. */
  readonly tests: TestText | undefined;
  readonly rules: readonly Rules[];
}

/** A file that is understood, with all its rules. */
export type Understood = ReadFile & { readonly tests: TestText };

/** @throws {UnusablePath} where one cannot be read. */
export function readTestFiles(paths: readonly string[]): ReadFile[] {
  const known = new Map<string, Rules>();
  return paths.map((path) => {
    const tests = readTests(readTestFile(path));
    const names = tests?.ruleFiles ?? [];
    return { path, tests, rules: names.map((name) => readRuleFile(resolve(dirname(path), name), known)) };
  });
}

function readTestFile(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const what = `${path} cannot be read (${systemCode(error) ?? "unknown"}).`;
    throw new UnusablePath(what, "Every *.tests.yaml there is played: make it a file that can be read.", error);
  }
}

/** A pattern, or a file that cannot be read, is left to promtool. */
function readRuleFile(path: string, known: Map<string, Rules>): Rules {
  const rules = known.get(path) ?? { path, text: /[*?[\\]/.test(path) ? undefined : understoodRules(path) };
  known.set(path, rules);
  return rules;
}

function understoodRules(path: string): Rules["text"] {
  const text = textOf(path);
  return text === undefined ? undefined : readRules(text);
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

export function isUnderstood(file: ReadFile): file is Understood {
  return file.tests !== undefined && file.rules.every(({ text }) => text !== undefined);
}

/** What files for the same rules share. */
export function rulesKey({ rules }: ReadFile): string {
  return JSON.stringify(rules.map(({ path }) => path));
}
