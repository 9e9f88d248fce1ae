/** A version for what is built from this repository's own sources: it changes when they do. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Eight hexadecimal digits of the Go files and module files in a folder, named from this one. */
export function hashOfSources(folder: string): string {
  const path = join(import.meta.dirname, folder);
  const files = readdirSync(path).filter((name) => /\.(go|mod|sum)$/.test(name) && !name.endsWith("_test.go"));
  const hash = createHash("sha256");
  for (const name of files.sort())
    hash
      .update(name)
      .update("\0")
      .update(readFileSync(join(path, name)));
  return hash.digest("hex").slice(0, 8);
}
