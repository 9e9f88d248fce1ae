/** A rule file as text: which rules are where. */
import { isMap, isScalar } from "yaml";
import { type Expectations, type Rule, type RuleFile, type RuleGroup, readBy } from "./rules-read.ts";
import { isBlockMap, isBlockSeq, type Lines, linesOfItem, readYaml, without, type Yaml } from "./yaml-lines.ts";

export interface RuleText {
  readonly lines: readonly string[];
  readonly groups: readonly PlacedGroup[];
}

interface PlacedGroup extends RuleGroup {
  /** Of its rules. */
  readonly places: readonly Lines[];
}

/** Undefined where rules cannot be taken out of it. */
export function readRules(text: string): RuleText | undefined {
  const yaml = readYaml(text);
  const list = yaml?.root.get("groups", true);
  if (!yaml || !isBlockSeq(list)) return undefined;
  const groups = list.items.flatMap((group) => readGroup(group, yaml) ?? []);
  return groups.length === list.items.length ? { lines: yaml.lines, groups } : undefined;
}

function readGroup(group: unknown, yaml: Yaml): PlacedGroup | undefined {
  if (!isBlockMap(group)) return undefined;
  const list = group.get("rules", true);
  const rest = group.toJSON() as RuleGroup;
  if (list === undefined || (isScalar(list) && list.value === "")) return { ...rest, rules: [], places: [] };
  if (!isBlockSeq(list) || !list.items.every(isMap)) return undefined;
  return {
    ...rest,
    rules: list.items.map((rule) => rule.toJSON() as Rule),
    places: list.items.map((_rule, index) => linesOfItem(yaml, list, index)),
  };
}

/** The texts with only those rules that the test reads, each on the line that it has in its file. */
export function textsRead(files: readonly RuleText[], test: Expectations): string[] {
  const read = readBy(files satisfies readonly RuleFile[], test);
  return files.map(({ lines, groups }) => without(lines, groups.flatMap(unreadPlaces(read))).join("\n"));
}

function unreadPlaces(read: ReadonlySet<Rule>): (group: PlacedGroup) => Lines[] {
  return ({ rules, places }) => places.filter((_place, index) => !read.has(rules[index] as Rule));
}
