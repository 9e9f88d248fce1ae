/** Reads the prose templates of this package: `templates/runbook.md.hbs` is `runbook.md`. */
import { readdirSync, readFileSync } from "node:fs";
import { basename } from "node:path";
import type { Templates } from "../emit/target.ts";

const DIRECTORY = new URL("../../templates/", import.meta.url);
const SUFFIX = ".hbs";

/** All templates by name, sorted. */
export function readTemplates(): Templates {
  const files = readdirSync(DIRECTORY)
    .filter((file) => file.endsWith(SUFFIX))
    .sort();
  return Object.fromEntries(
    files.map((file) => [basename(file, SUFFIX), readFileSync(new URL(file, DIRECTORY), "utf8")]),
  );
}
