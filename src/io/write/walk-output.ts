/**
 * What lies in the folders that builds write: files that say that they are firebreak's, and temporary files of builds
 * that were killed. Nothing is looked for elsewhere, since an output directory may be the root of a repository.
 */
import { closeSync, existsSync, openSync, readdirSync, readSync } from "node:fs";
import { basename, join } from "node:path";
import { readSeal } from "../../emit/seal.ts";
import { lookAt } from "./look-at.ts";
import { isLeftover } from "./stage-files.ts";

export interface Output {
  /** Paths of files with a head, relative to the directory, but for those that are known. */
  readonly sealed: readonly string[];
  readonly leftovers: readonly string[];
}

/**
 * @param folders - Names of the folders in the directory.
 * @param known - Paths of files whose heads need not be read.
 */
export function walkOutput(directory: string, folders: readonly string[], known: ReadonlySet<string>): Output {
  const files = folders.flatMap((folder) => filesBelow(directory, folder, DEEPEST));
  const top = existsSync(directory) ? readdirSync(directory) : [];
  return {
    // Temporary files have a head too.
    sealed: files.filter(
      (path) => !known.has(path) && !basename(path).startsWith(".") && hasHead(join(directory, path)),
    ),
    leftovers: [...top, ...files].filter(isLeftover),
  };
}

/** No build writes deeper than `runbooks/<service>/<slo>.md`: below that may be another directory of output. */
const DEEPEST = 1;

function filesBelow(directory: string, folder: string, depth: number): string[] {
  if (lookAt(directory, folder).kind !== "directory") return [];
  return readdirSync(join(directory, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return depth > 0 ? filesBelow(directory, path, depth - 1) : [];
    return entry.isFile() ? [path] : [];
  });
}

// Only the beginning: files of people may be large.
function hasHead(absolute: string): boolean {
  const file = open(absolute);
  if (file === undefined) return false;
  try {
    const buffer = Buffer.alloc(HEAD_BYTES);
    return readSeal(buffer.toString("utf8", 0, readSync(file, buffer))) !== undefined;
  } finally {
    closeSync(file);
  }
}

const HEAD_BYTES = 4096;

/** Undefined where another build has just renamed or deleted it. */
function open(absolute: string): number | undefined {
  try {
    return openSync(absolute, "r");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
