/** Where issues are, and how grave, as the platforms of code reviews name it. */
import { createHash } from "node:crypto";
import { relative, resolve } from "node:path";
import { type Issue, printPath } from "../../issue.ts";

/** Where files are, as the platform names them. */
export interface Places {
  /** The repository's root. */
  readonly root: string;
  /** The module that stands for an issue without a place. */
  readonly slos: string;
  /** Warnings are errors. */
  readonly strict: boolean;
}

/** The line of the declaration; of what is declared nowhere, the first one of the module. */
export function placeOf(
  { source }: Issue,
  places: Places,
): { readonly path: string; readonly line: number; readonly column: number } {
  const { file, line, column } = source ?? { file: places.slos, line: 1, column: 1 };
  return { path: inRepository(file, places), line, column };
}

/** The file's path from the repository's root. */
export function inRepository(file: string, { root }: Places): string {
  return relative(root, resolve(file)).replaceAll("\\", "/");
}

/** The same issue of two runs is one: its line is left out, which moves with every edit above it. */
export function fingerprintOf(fact: Issue, places: Places): string {
  const { path } = placeOf(fact, places);
  return createHash("sha256")
    .update([path, fact.code, printPath(fact.path)].join("\0"))
    .digest("hex");
}

export function levelOf({ level }: Issue, { strict }: Places): Issue["level"] {
  return strict && level === "warning" ? "error" : level;
}

export function wordsOf({ path, message, hint }: Issue): string {
  return `${printPath(path)}: ${message} ${hint}`;
}
