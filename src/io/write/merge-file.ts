/** Replaces a file as a whole, or leaves it as it is. */
import { randomUUID } from "node:crypto";
import { chmodSync, readFileSync, realpathSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { systemCode, UnusablePath } from "./unusable-path.ts";

/**
 * The text of a file.
 *
 * @throws {UnusablePath} where there is none that can be read.
 */
export function readText(path: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(readFileSync(path));
  } catch (error) {
    const why = systemCode(error) ?? "it is not UTF-8";
    throw new UnusablePath(`${path} cannot be read (${why}).`, "Name a configuration of Alertmanager.", error);
  }
}

/**
 * Writes it at once, through a file beside it: whoever reads it sees the old text or the new one. It stays as private as
 * it was: configurations hold secrets.
 *
 * @throws {UnusablePath} where it cannot be written.
 */
export function replaceText(path: string, text: string): void {
  try {
    // Behind a link stands the file that is meant.
    const real = realpathSync(path);
    const temporary = join(dirname(real), `.firebreak-${process.pid}-${randomUUID()}.tmp`);
    const mode = statSync(real).mode & 0o7777;
    writeFileSync(temporary, text, { flag: "wx", mode: mode & 0o700 });
    chmodSync(temporary, mode);
    renameSync(temporary, real);
  } catch (error) {
    throw new UnusablePath(`${path} cannot be written (${systemCode(error) ?? "unknown"}).`, "See who owns it.", error);
  }
}
