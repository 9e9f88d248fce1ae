/** Random declarations contradict themselves now and then: what is refused is taken out until the rest builds. */
import type fc from "fast-check";
import { build } from "../../src/build.ts";
import { hasErrors, type Issue, type IssuePath, printIssue } from "../../src/issue.ts";
import { type World, worldOf } from "./arbitrary/service.ts";

/** Services of these names in one environment, without errors. */
export function soundWorldOf(...names: readonly string[]): fc.Arbitrary<World> {
  const check = ({ services, platform }: World) => build({ services, platform, templates: {}, targets: [] });
  return worldOf(...names).map((world) => repaired(world, check).world);
}

/** What builds, and how many times something had to be taken out. */
export interface Repaired<Result> {
  readonly world: World;
  readonly result: Result;
  readonly rounds: number;
}

/**
 * Takes out the field that each error is about, or what is around it where that is missing, until none is left.
 *
 * @throws {Error} when an error is about nothing that is declared.
 */
export function repaired<Result extends { readonly issues: readonly Issue[] }>(
  declared: World,
  build: (world: World) => Result,
): Repaired<Result> {
  let world = declared;
  for (let rounds = 0; ; rounds += 1) {
    const result = build(world);
    if (!hasErrors(result.issues)) return { world, result, rounds };
    world = without(
      world,
      result.issues.filter(({ level }) => level === "error"),
    );
  }
}

function without(world: World, errors: readonly Issue[]): World {
  const mutable = structuredClone(world) as unknown as Record<string, unknown>;
  const before = JSON.stringify(mutable);
  for (const error of errors) remove(mutable, placeOf(error.path, world));
  if (errors.some(isMissingEverywhere)) mutable.platform = { ...(mutable.platform as object), runbooks: RUNBOOKS };
  const after = Object.assign({ platform: {} }, compacted(mutable)) as World;
  if (JSON.stringify(after) === before) throw new Error(`cannot be mended:\n${errors.map(printIssue).join("\n")}`);
  return after;
}

/** Many services lack it: one issue, about a field of the platform that nobody has written. */
function isMissingEverywhere({ code, path }: Issue): boolean {
  return code === "missing-runbook" && path[0] === "platform";
}

const RUNBOOKS = "https://runbooks.example.com";

/** Issues name services; here they have a place. */
function placeOf([root, ...rest]: IssuePath, { services }: World): IssuePath {
  const index = services.findIndex(({ name }) => name === root);
  return index === -1 ? ["platform", ...rest] : ["services", index, ...rest];
}

/** Marks a place in a list, so that the others keep theirs. */
const REMOVED = Symbol("removed");

function remove(root: Record<string, unknown>, path: IssuePath): void {
  let parent: Record<string | number, unknown> = root;
  const [last, ...way] = existing(root, path).reverse();
  for (const key of way.reverse()) parent = parent[key] as Record<string | number, unknown>;
  if (last === undefined) return;
  if (Array.isArray(parent)) parent[last as number] = REMOVED;
  else delete parent[last];
}

/** As far as there is something. */
function existing(value: unknown, [key, ...rest]: IssuePath): (string | number)[] {
  if (key === undefined || typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return [];
  return [key, ...existing((value as Record<string | number, unknown>)[key], rest)];
}

function compacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((item) => item !== REMOVED).map(compacted);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, compacted(inner)]));
}
