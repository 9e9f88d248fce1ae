/** Zod's problems without its unions: of a union's branches, the one that was meant. */
import type { z } from "zod";

/** One problem of zod's, at its full path. */
export interface SchemaProblem {
  readonly code: string;
  readonly path: readonly (string | number)[];
  readonly message: string;
  readonly input: unknown;
  /** Type names that would have been right. */
  readonly expected?: readonly string[];
  /** Words that would have been right. */
  readonly options?: readonly string[];
  /** The type of those words: text or number. */
  readonly optionType?: string;
  /** Keys that nobody knows, and those that are known there. */
  readonly keys?: readonly string[];
  readonly known?: readonly string[];
  /** What a number has to be, such as "above 0". */
  readonly bound?: string;
  readonly params?: unknown;
}

type ZodProblem = z.core.$ZodIssue;

/** The problems that a user has to solve. `known` gives the keys that a schema knows, by the list of those it refused. */
export function schemaProblemsOf(problem: ZodProblem, known: ReadonlyMap<unknown, readonly string[]>): SchemaProblem[] {
  if (problem.code !== "invalid_union") return [toProblem(problem, problem.path, known)];
  if (problem.errors.length === 0) return [toProblem(problem, problem.path, known)];
  const branches = problem.errors.map((errors) => errors.flatMap((error) => schemaProblemsOf(error, known)));
  return meantBranch(branches, problem.input).map((found) => ({
    ...found,
    path: [...toPath(problem.path), ...found.path],
  }));
}

/** The branch whose type fits the value; where none does, one problem that names all types. */
function meantBranch(branches: readonly SchemaProblem[][], input: unknown): readonly SchemaProblem[] {
  const fitting = branches.filter((leaves) => !leaves.some(isWrongHere));
  if (fitting.length > 0) return fitting.reduce((best, leaves) => (leaves.length < best.length ? leaves : best));
  const wrong = branches.flat().filter(isWrongHere);
  const wrongWord = wrong.find((found) => found.optionType === typeof input);
  if (wrongWord) return [wrongWord];
  const expected = wrong.flatMap((found) => found.expected ?? []);
  const options = wrong.flatMap((found) => found.options ?? []);
  return [{ code: "invalid_type", path: [], message: "", input, expected, options }];
}

function isWrongHere(found: SchemaProblem): boolean {
  return found.path.length === 0 && (found.code === "invalid_type" || found.code === "invalid_value");
}

function toProblem(
  problem: ZodProblem,
  path: readonly PropertyKey[],
  known: ReadonlyMap<unknown, readonly string[]>,
): SchemaProblem {
  const { code, message, input } = problem;
  const found = { code, path: toPath(path), message, input };
  switch (problem.code) {
    case "invalid_type":
      return { ...found, expected: [problem.expected] };
    case "invalid_value":
      return { ...found, options: problem.values.map(String), optionType: typeof problem.values[0] };
    case "unrecognized_keys":
      return { ...found, keys: problem.keys, known: known.get(problem.keys) ?? [] };
    case "too_small":
      return { ...found, ...boundOf(problem.origin, problem.inclusive ? "at least" : "above", problem.minimum) };
    case "too_big":
      return { ...found, ...boundOf(problem.origin, problem.inclusive ? "at most" : "below", problem.maximum) };
    case "custom":
      return { ...found, params: problem.params };
    default:
      return found;
  }
}

function boundOf(origin: string, relation: string, limit: number | bigint): { readonly bound?: string } {
  return origin === "number" || origin === "int" ? { bound: `${relation} ${limit}` } : {};
}

function toPath(path: readonly PropertyKey[]): (string | number)[] {
  return path.map((key) => (typeof key === "symbol" ? String(key) : key));
}
