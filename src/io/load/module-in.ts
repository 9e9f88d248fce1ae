/** The declarations that a path stands for. */
import { statSync } from "node:fs";
import { join } from "node:path";

/** A module is itself; a folder holds `slos/index.ts`. What is not there is taken for a module, and reported as missing. */
export function moduleIn(path: string): string {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ? join(path, "slos", "index.ts") : path;
}
