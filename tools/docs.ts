/** `npm run docs`: fills the excerpts of the pages from what is real. A test fails where a page differs. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "./arguments/read-arguments.ts";
import { fill, pagesWithExcerpts, readPage } from "./docs/fill.ts";
import { ROOT } from "./docs/runs.ts";

const HELP = `Fills the excerpts in README.md and docs/: an excerpt is a block of code below a line "<!-- excerpt: name -->", and
tools/docs/excerpts.ts says where each name comes from.

  npm run docs                writes the pages that differ, and names them
  npm run docs -- --check     only names them, and exits 1 when there are any`;

const { values } = readArguments({ options: { check: { type: "boolean", default: false } }, help: HELP });
for (const page of pagesWithExcerpts()) {
  const filled = await fill(readPage(page));
  if (filled === readPage(page)) continue;
  console.log(page);
  if (values.check) process.exitCode = 1;
  else writeFileSync(join(ROOT, page), filled);
}
