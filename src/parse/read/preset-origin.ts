/**
 * What a preset gave, remembered by a key that a spread copies along: `{ ...vllm(), slos: [own] }` replaces the SLOs of
 * the preset, and the key is what is left to say so.
 */
import { isObject } from "../../declare/call-site.ts";
import type { Placed, Problem } from "./found.ts";

type List = "slos" | "budgets";
type Parts = Readonly<Record<List, readonly object[]>>;

/** What is known of a preset. */
interface Source {
  readonly name: string;
  readonly ai: boolean;
}

/** One call of a preset. */
interface Given {
  readonly preset: Source;
  /** What goes before the names of all its SLOs. */
  readonly prefix: string;
  readonly parts: Parts;
  readonly problems: readonly Problem[];
}

/** The same parts, with a key that says whose they are; `problems` are those of the preset's options. */
export function markOrigin<P extends Parts>(parts: P, preset: Source, problems: readonly Problem[], prefix = ""): P {
  const given: Given = { preset, prefix, parts, problems };
  known.add(given);
  for (const list of LISTS)
    for (const declared of parts[list]) for (const part of partsOf(declared)) owners.set(part, given);
  return { ...parts, [Symbol(preset.name)]: given };
}

/** The preset that made a declaration and its SLI, if they are as it gave them. */
export function presetOf(declared: object): { readonly preset: string; readonly prefix: string } | undefined {
  const given = owners.get(declared);
  return given && { preset: given.preset.name, prefix: given.prefix };
}

/** The keys of several parts, for what is made of them. */
export function marksOf(parts: readonly (object | undefined)[]): object {
  return Object.fromEntries(parts.flatMap((each) => givenIn(each).map((given) => [Symbol(given.preset.name), given])));
}

/** A copy is made of what its original was made of. */
export function copyOrigin(original: object, copy: object): void {
  const owner = owners.get(original);
  if (owner !== undefined) owners.set(copy, owner);
  const given = givenIn(original);
  if (given.length > 0) spread.set(copy, given);
}

/** Whether an SLO or a budget comes from a preset of an AI system. */
export function isOfAi(declared: unknown): boolean {
  return isObject(declared) && partsOf(declared).some((part) => owners.get(part)?.preset.ai);
}

/** Presets that were spread into a service, and whose SLOs or budgets no service has; and the mistakes in their options. */
export function lostPresets(services: readonly unknown[]): { doubts: Placed[]; mistakes: Placed[] } {
  const there = services.flatMap((service) => LISTS.flatMap((list) => listIn(service, list)));
  const lost = services.flatMap((service, index) =>
    (isObject(service) ? (spread.get(service) ?? []) : []).flatMap((given) =>
      LISTS.filter((list) => isLost(given, list, there)).map((list) => ({ service: index, given, list })),
    ),
  );
  return {
    doubts: lost.map(({ service, given, list }) => ({ service, problem: unused(given, list) })),
    mistakes: lost.flatMap(({ service, given, list }) =>
      given.problems.map((problem) => ({ service, problem: { ...problem, path: [list, ...problem.path] } })),
    ),
  };
}

const LISTS = ["slos", "budgets"] as const;
const known = new WeakSet<object>();
/** SLOs, SLIs and budgets, and the call that they are from. */
const owners = new WeakMap<object, Given>();
/** Copies of services, and what was spread into them. */
const spread = new WeakMap<object, readonly Given[]>();

/** A declaration that was changed by a spread still has its SLI. */
function partsOf(declared: object): object[] {
  return "sli" in declared && isObject(declared.sli) ? [declared, declared.sli] : [declared];
}

function givenIn(value: object | undefined): Given[] {
  if (value === undefined || value === null) return [];
  return Object.getOwnPropertySymbols(value).flatMap((key) => {
    const given: unknown = Reflect.get(value, key);
    return isObject(given) && known.has(given) ? [given as Given] : [];
  });
}

function listIn(service: unknown, list: List): object[] {
  const found: unknown = isObject(service) ? Reflect.get(service, list) : undefined;
  return Array.isArray(found) ? found.filter(isObject) : [];
}

function isLost(given: Given, list: List, there: readonly object[]): boolean {
  return given.parts[list].length > 0 && !there.some((declared) => isOf(given, list, declared));
}

function isOf(given: Given, list: List, declared: object): boolean {
  const whose = partsOf(declared).flatMap((part) => owners.get(part) ?? []);
  return whose.length > 0 ? whose.includes(given) : given.parts[list].some((original) => isAlike(original, declared));
}

/** A copy that was made in another way: of what is known to be another call's it is none, though presets share names. */
function isAlike(a: object, b: object): boolean {
  const same = (key: string): boolean => Reflect.get(a, key) === Reflect.get(b, key);
  return Reflect.get(a, "name") !== undefined && same("name") && same("description");
}

function unused({ preset: { name: preset } }: Given, list: List): Problem {
  const what = list === "slos" ? "SLOs" : "budgets";
  return {
    code: "preset-unused",
    path: [list],
    message: `${preset}() is spread into this service, but none of its ${what} are used: a later \`${list}\` replaced them.`,
    hint: `Write \`${list}: [...${preset}(…).${list}, own]\`, or \`...combine(${preset}(…), { ${list}: [own] })\`.`,
  };
}
