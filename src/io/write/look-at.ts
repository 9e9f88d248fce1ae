/** Looks at a path of an output directory without following any symbolic link below it. */
import { lstatSync, readFileSync, type Stats } from "node:fs";
import { join } from "node:path";

/** What is there. `blocked`: a link, a device, or a file where a folder is needed; `at` names it. */
export type Found =
  | { readonly kind: "nothing" }
  | { readonly kind: "directory" }
  | { readonly kind: "file"; readonly content: Buffer }
  | { readonly kind: "blocked"; readonly at: string; readonly what: string };

/** What is at `path`, given with `/` between its parts. The directory itself may be a link: the user named it. */
export function lookAt(directory: string, path: string): Found {
  const parts = path.split("/");
  const folders = parts.slice(0, -1).map((_part, index) => parts.slice(0, index + 1).join("/"));
  for (const folder of folders) {
    const stats = statsOf(join(directory, folder));
    if (!stats) return { kind: "nothing" };
    if (!stats.isDirectory()) return { kind: "blocked", at: folder, what: nameOf(stats) };
  }
  return lookAtLast(join(directory, path), path);
}

function lookAtLast(absolute: string, path: string): Found {
  const stats = statsOf(absolute);
  if (!stats) return { kind: "nothing" };
  if (stats.isDirectory()) return { kind: "directory" };
  if (!stats.isFile()) return { kind: "blocked", at: path, what: nameOf(stats) };
  const content = read(absolute);
  return content === undefined ? { kind: "nothing" } : { kind: "file", content };
}

/** Undefined where another build has just deleted it. */
function read(absolute: string): Buffer | undefined {
  try {
    return readFileSync(absolute);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function statsOf(absolute: string): Stats | undefined {
  return lstatSync(absolute, { throwIfNoEntry: false });
}

function nameOf(stats: Stats): string {
  if (stats.isSymbolicLink()) return "a symbolic link";
  return stats.isFile() ? "a file" : "not a regular file";
}
