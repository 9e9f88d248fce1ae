/** Files that the user asked for by name, into a folder that may not be there yet. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UnusablePath } from "./unusable-path.ts";

/**
 * Their paths, in order.
 *
 * @param files - Texts by name.
 * @throws {UnusablePath} where the folder or one of them cannot be written.
 */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): string[] {
  try {
    mkdirSync(folder, { recursive: true });
    return Object.entries(files).map(([name, text]) => {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    });
  } catch (error) {
    throw new UnusablePath(
      `${folder} cannot be written: ${(error as Error).message}.`,
      "Name another folder with --out.",
    );
  }
}
