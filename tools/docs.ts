/** `npm run docs`: fills the excerpts in docs/ from what is real. A test fails where a page differs. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "./arguments/read-arguments.ts";
import { DOCS, fill, pagesWithExcerpts } from "./docs/fill.ts";

const HELP = `Fills the excerpts in docs/: an excerpt is a block of code below a line "<!-- excerpt: name -->", and
tools/docs/excerpts.ts says where each name comes from.

  npm run docs                writes the pages that differ, and names them
  npm run docs -- --check     only names them, and exits 1 when there are any`;

const { values } = readArguments({ options: { check: { type: "boolean", default: false } }, help: HELP });
for (const page of pagesWithExcerpts()) {
  const path = join(DOCS, page);
  const filled = await fill(readFileSync(path, "utf8"));
  if (filled === readFileSync(path, "utf8")) continue;
  console.log(`docs/${page}`);
  if (values.check) process.exitCode = 1;
  else writeFileSync(path, filled);
}
