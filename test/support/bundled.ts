/**
 * Before all tests: the command line as users install it, bundled once from the present sources. Tests start it hundreds of
 * times, in half the time that the sources take.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { bundle } from "../../tools/bundle.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Everything else is read where it is. */
const OWN = ["src", "package.json"];

let made: string | undefined;

/** Gives its path to all tests, and to what they start: those of `npm test` start Vitest. */
export async function setup(): Promise<void> {
  if (process.env.FIREBREAK_BUNDLED) return;
  made = mkdtempSync(join(tmpdir(), "firebreak-bundled-"));
  await bundle(join(made, "src"), ["index.ts", "pulumi/index.ts", "cli/main.ts"]);
  const manifest = readFileSync(join(ROOT, "package.json"), "utf8");
  writeFileSync(join(made, "package.json"), manifest.replaceAll(/"(\.\/)?(src\/[\w/]+)\.ts"/g, '"$1$2.js"'));
  for (const name of readdirSync(ROOT)) if (!OWN.includes(name)) symlinkSync(join(ROOT, name), join(made, name));
  process.env.FIREBREAK_BUNDLED = join(made, "src/cli/main.js");
}

export function teardown(): void {
  if (made) rmSync(made, { recursive: true, force: true });
}
