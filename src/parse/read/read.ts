/**
 * Reads a value with a schema and says every problem in our words: code, path, message, hint.
 * A key that is almost right is reported and then read as what it was meant to be, so that the rest is checked too.
 */
import type { z } from "zod";
import { conceal } from "./conceal.ts";
import type { Problem } from "./found.ts";
import { meantKey, nearest } from "./nearest.ts";
import { isRecord } from "./plain-data.ts";
import { describeProblem } from "./problem.ts";
import { type SchemaProblem, schemaProblemsOf } from "./schema-problems.ts";

export type { Problem };

/** What was read. The value is there unless something in it could not be read at all. */
export interface Reading<T> {
  readonly value: T | undefined;
  readonly problems: readonly Problem[];
}

/** How a value is read. */
export interface ReadOptions {
  /** Fields below which no value is ever quoted. */
  readonly unquoted?: readonly string[];
  /** How often misspelt keys are corrected before the rest is given up. */
  readonly repairs?: number;
}

/** Reads `value`, gathering every problem. It never throws on plain data. */
export function read<T>(schema: z.ZodType<T>, value: unknown, options: ReadOptions = {}): Reading<T> {
  const { unquoted = [], repairs = 4 } = options;
  const { value: sound, found } = attempt(schema, value);
  const first = { value: sound, found: found.map((problem) => conceal(problem, unquoted)) };
  const misspelt = first.found.filter((problem) => problem.code === "unrecognized_keys");
  if (misspelt.length === 0 || repairs === 0)
    return { value: first.value, problems: first.found.flatMap(describeProblem) };
  const repaired = misspelt.reduce(repair, value);
  const again = read(schema, repaired, { unquoted, repairs: repairs - 1 });
  const asWritten = again.problems.map((problem) =>
    misspelt.reduce((now, each) => atWrittenKey(now, each, value), problem),
  );
  return { value: again.value, problems: [...misspelt.flatMap(describeProblem), ...asWritten] };
}

/** A problem inside what a misspelt key holds is at that key: the right one was never written. */
function atWrittenKey(problem: Problem, { path, keys = [], known = [] }: SchemaProblem, value: unknown): Problem {
  const [fields, below] = [valueAt(value, path), problem.path.slice(path.length)];
  const isWithin = path.every((key, index) => problem.path[index] === key);
  if (!isWithin || !isRecord(fields) || Object.hasOwn(fields, String(below[0]))) return problem;
  const written = keys.find((key) => Object.hasOwn(renameOrDrop({ [key]: fields[key] }, key, known), String(below[0])));
  return written === undefined ? problem : { ...problem, path: [...path, written, ...below.slice(1)] };
}

function valueAt(value: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (isRecord(inner) || Array.isArray(inner) ? Reflect.get(inner, key) : undefined),
    value,
  );
}

interface Attempt<T> {
  readonly value: T | undefined;
  readonly found: readonly SchemaProblem[];
}

function attempt<T>(schema: z.ZodType<T>, value: unknown): Attempt<T> {
  const known = new Map<unknown, readonly string[]>();
  const result = schema.safeParse(value, {
    reportInput: true,
    error: (problem) => {
      if (problem.code === "unrecognized_keys") known.set(problem.keys, keysOf(problem.inst));
      return undefined;
    },
  });
  if (result.success) return { value: result.data, found: [] };
  return { value: undefined, found: result.error.issues.flatMap((problem) => schemaProblemsOf(problem, known)) };
}

/** The keys that the schema which refused a key does know. */
function keysOf(schema: unknown): readonly string[] {
  const { def } = (schema as { _zod: { def: { shape?: object } } })._zod;
  return Object.keys(def.shape ?? {});
}

function repair(value: unknown, { path, keys = [], known = [] }: SchemaProblem): unknown {
  return changeAt(value, path, (fields) => keys.reduce((now, key) => renameOrDrop(now, key, known), fields));
}

type Fields = Readonly<Record<string, unknown>>;

function renameOrDrop(fields: Fields, key: string, known: readonly string[]): Fields {
  const { [key]: value, ...rest } = fields;
  const meant = typeof value === "object" ? nearest(key, known) : meantKey(key, known);
  return meant === undefined || Object.hasOwn(rest, meant) ? rest : { ...rest, [meant]: value };
}

function changeAt(value: unknown, path: readonly PropertyKey[], change: (fields: Fields) => Fields): unknown {
  const [key, ...deeper] = path;
  if (key === undefined) return change(value as Fields);
  if (Array.isArray(value)) return value.map((item, index) => (index === key ? changeAt(item, deeper, change) : item));
  return { ...(value as Fields), [key]: changeAt((value as Fields)[String(key)], deeper, change) };
}
