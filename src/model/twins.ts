/** Names that are given twice. Read from the declarations as they stand, so that a broken twin is found too. */
import { isRecord } from "./plain.ts";
import type { Problem } from "./read.ts";

/** A problem of the service at this place in the list. */
export interface Placed {
  readonly service: number;
  readonly problem: Problem;
}

/** Every second use of a service's name, and within a service of an SLO's or budget's. */
export function twinProblems(services: readonly unknown[]): Placed[] {
  const twins = secondUses(services).map((service) => ({ service, problem: twin("service", [], services[service]) }));
  return [
    ...twins,
    ...services.flatMap((declared, service) => twinsWithin(declared).map((problem) => ({ service, problem }))),
  ];
}

const MEMBERS = [
  ["slos", "SLO"],
  ["budgets", "budget"],
  ["experiments", "experiment"],
] as const;

/** All of them share their names: each is `service/name` to `explain`, and groups of rules are named so. */
function twinsWithin(service: unknown): Problem[] {
  const all = MEMBERS.flatMap(([key, noun]) =>
    listOf(service, key).map((declared, index) => ({ declared, noun, place: [key, index] as const })),
  );
  return secondUses(all.map(({ declared }) => declared)).flatMap((index) => {
    const second = all[index];
    return second ? [twin(second.noun, second.place, second.declared)] : [];
  });
}

function listOf(service: unknown, key: (typeof MEMBERS)[number][0]): readonly unknown[] {
  return isRecord(service) && Array.isArray(service[key]) ? service[key] : [];
}

function secondUses(list: readonly unknown[]): number[] {
  const names = list.map(nameOf);
  return names.flatMap((name, index) => (name !== undefined && names.indexOf(name) !== index ? [index] : []));
}

function twin(noun: string, place: readonly (string | number)[], declared: unknown): Problem {
  const message = `${noun === "service" ? "another service" : "another SLO, budget or experiment"} is called \`${nameOf(declared)}\`.`;
  return { code: "duplicate-id", path: [...place, "name"], message, hint: `Give every ${noun} a name of its own.` };
}

/** The name that was declared, whatever else is wrong. */
export function nameOf(declared: unknown): string | undefined {
  return isRecord(declared) && typeof declared.name === "string" ? declared.name : undefined;
}
