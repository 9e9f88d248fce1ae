/** Names that are given twice. Read from the declarations as they stand, so that one in a broken declaration is found too. */

import { sourceAt } from "../../declare/call-site.ts";
import { type IssuePath, printPath } from "../../issue.ts";
import type { Placed, Problem } from "./found.ts";
import { isRecord } from "./plain-data.ts";

export type { Placed };

/** Every second use of a service's name, and within a service of an SLO's or budget's. */
export function duplicateProblems(services: readonly unknown[]): Placed[] {
  const again = secondUses(services).map(({ second, first }) => ({
    service: second,
    problem: duplicate("service", [], services[second], placeOf(["services", first], services[first])),
  }));
  return [
    ...again,
    ...services.flatMap((declared, service) => duplicatesWithin(declared).map((problem) => ({ service, problem }))),
  ];
}

const MEMBERS = [
  ["slos", "SLO"],
  ["budgets", "budget"],
  ["experiments", "experiment"],
] as const;

/** All of them share their names: each is `service/name` to `explain`, and groups of rules are named so. */
function duplicatesWithin(service: unknown): Problem[] {
  const all = MEMBERS.flatMap(([key, noun]) =>
    listOf(service, key).map((declared, index) => ({ declared, noun, place: [key, index] as const })),
  );
  return secondUses(all.map(({ declared }) => declared)).flatMap((uses) => {
    const [first, second] = [all[uses.first], all[uses.second]];
    if (!first || !second) return [];
    return [
      duplicate(second.noun, second.place, second.declared, placeOf([rootOf(service), ...first.place], first.declared)),
    ];
  });
}

function listOf(service: unknown, key: (typeof MEMBERS)[number][0]): readonly unknown[] {
  return isRecord(service) && Array.isArray(service[key]) ? service[key] : [];
}

interface Uses {
  readonly first: number;
  readonly second: number;
}

function secondUses(list: readonly unknown[]): Uses[] {
  const names = list.map(nameOf);
  return names.flatMap((name, index) => {
    const first = names.indexOf(name);
    return name !== undefined && first !== index ? [{ first, second: index }] : [];
  });
}

function rootOf(service: unknown): string {
  return nameOf(service) ?? "services";
}

/** The path, and the line where it is known. */
function placeOf(path: IssuePath, declared: unknown): string {
  const source = sourceAt(declared, []);
  return source === undefined ? printPath(path) : `${printPath(path)} (${source.file}:${source.line})`;
}

function duplicate(noun: string, place: readonly (string | number)[], declared: unknown, other: string): Problem {
  const message = `${noun === "service" ? "another service" : "another SLO, budget or experiment"} is called \`${nameOf(declared)}\`: ${other}.`;
  return { code: "duplicate-id", path: [...place, "name"], message, hint: `Give every ${noun} a name of its own.` };
}

/** The name that was declared, whatever else is wrong. */
export function nameOf(declared: unknown): string | undefined {
  return isRecord(declared) && typeof declared.name === "string" ? declared.name : undefined;
}
