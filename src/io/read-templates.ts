/** Reads the prose templates of this package: `templates/runbook.md.hbs` is `runbook.md`. */
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Templates } from "../emit/target.ts";
import { PACKAGE_ROOT } from "./package-root.ts";
import { readPartials } from "./read-partials.ts";

const DIRECTORY = new URL("templates/", PACKAGE_ROOT);
const SUFFIX = ".hbs";

/** The templates, and the partials that stand beside the declarations of these services. */
export function templatesFor(services: unknown): Templates {
  return { ...readTemplates(), ...readPartials(services) };
}

/** All templates by name, sorted. */
export function readTemplates(): Templates {
  const files = readdirSync(DIRECTORY)
    .filter((file) => file.endsWith(SUFFIX))
    .sort();
  return Object.fromEntries(
    files.map((file) => [basename(file, SUFFIX), readFileSync(new URL(file, DIRECTORY), "utf8")]),
  );
}
