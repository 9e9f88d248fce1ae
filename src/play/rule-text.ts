/** A rule file as text: which rules are where. */
import { isMap, isScalar, type YAMLSeq } from "yaml";
import type { Rule, RuleFile, RuleGroup } from "./rules-read.ts";
import {
  gaps,
  isBlockMap,
  isBlockSeq,
  type Lines,
  linesBelow,
  linesOfItem,
  linesOfPair,
  readYaml,
  without,
  type Yaml,
} from "./yaml-lines.ts";

export interface RuleText extends RuleFile {
  readonly lines: readonly string[];
  /** Of all groups together. */
  readonly place: Lines;
  readonly groups: readonly PlacedGroup[];
}

interface PlacedGroup extends RuleGroup {
  /** What belongs to no rule of it. */
  readonly fields: readonly Lines[];
  readonly places: readonly PlacedRule[];
}

interface PlacedRule {
  readonly place: Lines;
  /** Its annotations; empty where they are not lines of their own. */
  readonly annotations: readonly Lines[];
}

/** Undefined where rules cannot be taken out of it. */
export function readRules(text: string): RuleText | undefined {
  const yaml = readYaml(text);
  const list = yaml?.root.get("groups", true);
  if (!yaml || !isBlockSeq(list)) return undefined;
  const groups = list.items.flatMap((group, index) => readGroup(group, linesOfItem(yaml, list, index), yaml) ?? []);
  if (groups.length < list.items.length) return undefined;
  return { lines: yaml.lines, place: linesBelow(yaml, yaml.root, "groups"), groups };
}

function readGroup(group: unknown, place: Lines, yaml: Yaml): PlacedGroup | undefined {
  if (!isBlockMap(group)) return undefined;
  const list = group.get("rules", true);
  const rest = group.toJSON() as RuleGroup;
  if (list === undefined || (isScalar(list) && list.value === ""))
    return { ...rest, rules: [], fields: [place], places: [] };
  if (!isBlockSeq(list) || !list.items.every(isMap)) return undefined;
  return {
    ...rest,
    rules: list.items.map((rule) => rule.toJSON() as Rule),
    fields: gaps(place, [linesBelow(yaml, group, "rules")]),
    places: list.items.map((_rule, index) => readRule(yaml, list, index)),
  };
}

function readRule(yaml: Yaml, list: YAMLSeq, index: number): PlacedRule {
  const place = linesOfItem(yaml, list, index);
  const rule = list.items[index];
  const annotations = isBlockMap(rule) ? linesOfPair(yaml, rule, "annotations") : undefined;
  // On its dash's line it stays.
  return { place, annotations: annotations && annotations.from > place.from ? [annotations] : [] };
}

/**
 * The texts with only these rules, each on the line that it has in its file: no comments, and no groups without a rule.
 *
 * @param annotations - Whether they matter.
 */
export function textsRead(files: readonly RuleText[], read: ReadonlySet<Rule>, annotations: boolean): string[] {
  const placesIn = ({ fields, places, rules }: PlacedGroup): Lines[] => {
    const kept = places.filter((_place, index) => read.has(rules[index] as Rule));
    const parts = kept.flatMap((rule) => (annotations ? [rule.place] : gaps(rule.place, rule.annotations)));
    return kept.length === 0 ? [] : [...fields, ...parts];
  };
  return files.map(({ lines, place, groups }) => without(lines, gaps(place, groups.flatMap(placesIn))).join("\n"));
}
