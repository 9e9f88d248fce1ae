/**
 * A plan against the rules that a ruler has loaded: what would change in it, group by group. Groups of others are left
 * alone, and so are those of services that are not declared here: another project may have loaded them.
 */
import { wholeOf } from "../../compile/fit-groups.ts";
import type { LoadedGroup, LoadedRule } from "../../promql/loaded-rules.ts";
import { type FactChange, factChanges } from "../facts/fact.ts";
import { ruleFacts } from "./rule-facts.ts";

/** A group that was compiled. */
export interface WantedGroup extends LoadedGroup {
  readonly service: string;
}

export interface RulerDiff {
  readonly groups: readonly GroupChange[];
  /** Groups that are loaded as they are declared. */
  readonly unchanged: number;
  /** Groups that firebreak did not make. */
  readonly foreign: number;
  /** Services whose rules are loaded and that are not declared here. */
  readonly elsewhere: readonly string[];
}

export interface GroupChange {
  readonly kind: "added" | "removed" | "changed";
  readonly name: string;
  /** Of the group itself. */
  readonly facts: readonly FactChange[];
  /** Those that differ; of a group that is added or removed, all. */
  readonly rules: readonly RuleChange[];
}

export interface RuleChange {
  readonly kind: "added" | "removed" | "changed";
  readonly name: string;
  /** What distinguishes it from others of its name. */
  readonly labels: Readonly<Record<string, string>>;
  /** Where it is changed. */
  readonly facts: readonly FactChange[];
}

/** What loading `wanted` would change. */
export function rulerDiff(loaded: readonly LoadedGroup[], wanted: readonly WantedGroup[]): RulerDiff {
  const services = new Set(wanted.map(({ service }) => service));
  const names = new Set(wanted.map(({ name }) => name));
  const ours = loaded.filter((group) => serviceOf(group) !== undefined);
  const here = Map.groupBy(
    ours.filter((group) => services.has(serviceOf(group) as string)),
    ({ name }) => wholeOf(name, names) ?? name,
  );
  const compared = wanted.map((group) => compareGroup(here.get(group.name), group));
  const removed = [...here].filter(([name]) => !names.has(name)).map(([name, parts]) => goneGroup(name, parts));
  const all = ours.flatMap((group) => serviceOf(group) ?? []);
  return {
    groups: [...compared.filter((each) => each !== undefined), ...removed].sort((a, b) => (a.name < b.name ? -1 : 1)),
    unchanged: compared.filter((each) => each === undefined).length,
    foreign: loaded.length - ours.length,
    elsewhere: [...new Set(all)].filter((service) => !services.has(service)).sort(),
  };
}

/** Every rule of firebreak's carries this label, whatever it is of. */
function serviceOf({ rules }: LoadedGroup): string | undefined {
  return rules[0]?.labels?.slo_service;
}

function goneGroup(name: string, parts: readonly LoadedGroup[]): GroupChange {
  const rules = parts.flatMap((part) => part.rules);
  return { kind: "removed", name, facts: [], rules: rules.map((rule) => alone("removed", rule)) };
}

/** Nothing where both are alike. */
function compareGroup(parts: readonly LoadedGroup[] | undefined, wanted: WantedGroup): GroupChange | undefined {
  const { name } = wanted;
  if (parts === undefined)
    return { kind: "added", name, facts: [], rules: wanted.rules.map((rule) => alone("added", rule)) };
  const facts = parts[0]?.interval === wanted.interval ? [] : intervalFacts(parts[0]?.interval ?? 0, wanted.interval);
  const rules = compareRules(
    parts.flatMap((part) => part.rules),
    wanted.rules,
  );
  return facts.length + rules.length === 0 ? undefined : { kind: "changed", name, facts, rules };
}

function intervalFacts(before: number, after: number): FactChange[] {
  const side = (seconds: number) => ({ value: seconds, words: `${seconds}s` });
  return [{ field: "interval", label: "evaluated every", isMain: true, before: side(before), after: side(after) }];
}

/** Those that are the same first; then, of one name, those that carry the same labels; then in their order. */
function compareRules(loaded: readonly LoadedRule[], wanted: readonly LoadedRule[]): RuleChange[] {
  const left = new Set(loaded);
  const open = new Set(wanted);
  const changes: RuleChange[] = [];
  for (const isLike of [sameRule, sameLabels, sameName])
    for (const now of [...open]) {
      const old = [...left].find((each) => isLike(each, now));
      if (old === undefined) continue;
      left.delete(old);
      open.delete(now);
      const facts = changedFacts(old, now);
      if (facts.length > 0) changes.push({ kind: "changed", name: now.name, labels: now.labels ?? {}, facts });
    }
  return [
    ...changes,
    ...[...open].map((rule) => alone("added", rule)),
    ...[...left].map((rule) => alone("removed", rule)),
  ];
}

function sameRule(one: LoadedRule, other: LoadedRule): boolean {
  return sameLabels(one, other) && changedFacts(one, other).length === 0;
}

/** Values alone: a server writes expressions in its own way. */
function changedFacts(old: LoadedRule, now: LoadedRule): FactChange[] {
  return factChanges(ruleFacts(old), ruleFacts(now)).filter(({ before, after }) => before?.value !== after?.value);
}

function sameLabels(one: LoadedRule, other: LoadedRule): boolean {
  return sameName(one, other) && labelText(one) === labelText(other);
}

function sameName(one: LoadedRule, other: LoadedRule): boolean {
  return one.type === other.type && one.name === other.name;
}

function labelText({ labels = {} }: LoadedRule): string {
  return JSON.stringify(Object.entries(labels).sort());
}

function alone(kind: "added" | "removed", { name, labels = {} }: LoadedRule): RuleChange {
  return { kind, name, labels, facts: [] };
}
