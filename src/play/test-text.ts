/** A test file as text: which tests are where, and what each of them asks. */
import { isMap, isNode, isScalar, isSeq, type Node } from "yaml";
import type { Histories } from "./evaluated.ts";
import type { Expectations } from "./rules-read.ts";
import { isBlockSeq, type Lines, linesOfItem, linesOfPair, readYaml, without } from "./yaml-lines.ts";

export type Test = Expectations & Histories["tests"][number] & { readonly name?: string };

export interface TestText {
  /** As they stand in it. */
  readonly ruleFiles: readonly string[];
  readonly tests: readonly Test[];
  /** The text with this test alone, on rules at these paths. */
  readonly alone: (index: number, ruleFiles: readonly string[]) => string;
}

/** Undefined where it is not understood: promtool may. */
export function readTests(text: string): TestText | undefined {
  const yaml = readYaml(text);
  const list = yaml?.root.get("tests", true);
  const pair = yaml?.root.items.find(({ key }) => isScalar(key) && key.value === "rule_files");
  if (!yaml || !isBlockSeq(list) || !pair || !isNode(pair.key) || !isSeq(pair.value)) return undefined;
  const tests = list.items.map((each) => (isMap(each) ? each.toJSON() : undefined) as unknown);
  const ruleFiles = pair.value.toJSON() as unknown;
  const named = linesOfPair(yaml, pair.key, pair.value as Node);
  if (!tests.every(isTest) || !isTexts(ruleFiles)) return undefined;
  const places = tests.map((_test, index) => linesOfItem(yaml, list, index));
  return { ruleFiles, tests, alone: aloneIn(yaml.lines, places, named) };
}

const KEY = /^( *)\S/;

function aloneIn(lines: readonly string[], places: readonly Lines[], named: Lines): TestText["alone"] {
  const [, indent = ""] = KEY.exec(lines[named.from] ?? "") ?? [];
  return (index, files) => {
    const others = places.filter((_place, other) => other !== index);
    const left = without(lines, [...others, named]);
    return left.with(named.from, `${indent}rule_files: ${JSON.stringify(files)}`).join("\n");
  };
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

/** Only what is read here; promtool judges all else. */
function isTest(value: unknown): value is Test {
  if (typeof value !== "object" || value === null) return false;
  const test = value as Readonly<Record<string, unknown>>;
  return (
    hasTexts(test.input_series, "series", "values") &&
    hasTexts(test.promql_expr_test, "expr") &&
    hasTexts(test.alert_rule_test, "alertname")
  );
}

function hasTexts(list: unknown, ...keys: readonly string[]): boolean {
  if (list === undefined) return true;
  return Array.isArray(list) && list.every((each) => keys.every((key) => typeof each?.[key] === "string"));
}
