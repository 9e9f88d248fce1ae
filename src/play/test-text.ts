/** A test file as text: which tests are where, and what each of them asks. */
import { isMap, isSeq, type YAMLMap } from "yaml";
import type { Histories } from "./evaluated.ts";
import type { Expectations } from "./rules-read.ts";
import {
  gaps,
  isBlockSeq,
  type Lines,
  linesBelow,
  linesOfItem,
  linesOfPair,
  readYaml,
  without,
  type Yaml,
} from "./yaml-lines.ts";

export type Test = Expectations & Histories["tests"][number] & { readonly name?: string };

/** The lists of a test of which parts may be left out. */
const LISTS = ["input_series", "promql_expr_test", "alert_rule_test"] as const;

/** Places in these lists. */
export type Kept = Readonly<Record<(typeof LISTS)[number], ReadonlySet<number>>>;

export interface TestText {
  /** As they stand in it. */
  readonly ruleFiles: readonly string[];
  readonly tests: readonly Test[];
  /** Whether every item of every list of a test has lines of its own. */
  readonly isDivisible: (index: number) => boolean;
  /** The text with this test alone, on rules at these paths, and with only these items of its lists where they are given. */
  readonly alone: (index: number, ruleFiles: readonly string[], kept?: Kept) => string;
}

/** Undefined where it is not understood: promtool may. */
export function readTests(text: string): TestText | undefined {
  const yaml = readYaml(text);
  const list = yaml?.root.get("tests", true);
  const files = yaml?.root.get("rule_files", true);
  if (!yaml || !isBlockSeq(list) || !isSeq(files)) return undefined;
  const tests = list.items.map((each) => (isMap(each) ? each.toJSON() : undefined) as unknown);
  const ruleFiles = files.toJSON() as unknown;
  if (!tests.every(isTest) || !isTexts(ruleFiles)) return undefined;
  const places = list.items.map((each, index) => placesIn(yaml, each as YAMLMap, linesOfItem(yaml, list, index)));
  const isDivisible = (index: number): boolean => places[index]?.lists !== undefined;
  return { ruleFiles, tests, isDivisible, alone: aloneIn(yaml, places) };
}

interface PlacedTest {
  readonly place: Lines;
  readonly name: Lines | undefined;
  /** Undefined where an item of one has no lines of its own. */
  readonly lists: readonly PlacedList[] | undefined;
}

interface PlacedList {
  readonly name: keyof Kept;
  readonly place: Lines;
  readonly items: readonly Lines[];
}

function placesIn(yaml: Yaml, test: YAMLMap, place: Lines): PlacedTest {
  const there = LISTS.filter((name) => test.has(name));
  const lists = there.flatMap((name): PlacedList[] => {
    const list = test.get(name, true);
    if (!isBlockSeq(list)) return [];
    const items = list.items.map((_item, index) => linesOfItem(yaml, list, index));
    return [{ name, place: linesBelow(yaml, test, name), items }];
  });
  return { place, name: linesOfPair(yaml, test, "name"), lists: lists.length === there.length ? lists : undefined };
}

const KEY = /^( *)\S/;

function aloneIn(yaml: Yaml, places: readonly PlacedTest[]): TestText["alone"] {
  const named = linesOfPair(yaml, yaml.root, "rule_files") as Lines;
  const [, indent = ""] = KEY.exec(yaml.lines[named.from] ?? "") ?? [];
  return (index, files, kept) => {
    const others = places.filter((_place, other) => other !== index).map(({ place }) => place);
    const test = places[index] as PlacedTest;
    const left = without(yaml.lines, [...others, ...(kept ? linesWithout(test, kept) : []), named]);
    const renamed = kept && test.name ? left.with(test.name.from, nameless(yaml.lines[test.name.from] ?? "")) : left;
    return renamed.with(named.from, `${indent}rule_files: ${JSON.stringify(files)}`).join("\n");
  };
}

function linesWithout({ name, lists = [] }: PlacedTest, kept: Kept): Lines[] {
  const itemsKept = (list: PlacedList): Lines[] => list.items.filter((_item, index) => kept[list.name].has(index));
  return [...lists.flatMap((list) => gaps(list.place, itemsKept(list))), ...(name ? [name] : [])];
}

/** A part of a test has no name: that is of all of them. */
function nameless(line: string): string {
  return line.replace(/(["']?)name\1 *:.*/, "name: part");
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
