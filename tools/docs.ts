/**
 * `npm run docs`: fills the excerpts in docs/ from what is real. An excerpt is a block of code below a line
 * `<!-- excerpt: name -->`; tools/docs/excerpts.ts says where each name comes from. A test fails where a page differs.
 *
 *   npm run docs                writes the pages that differ, and names them
 *   npm run docs -- --check     only names them, and exits 1 when there are any
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { DOCS, fill, pagesWithExcerpts } from "./docs/fill.ts";

const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
for (const page of pagesWithExcerpts()) {
  const path = join(DOCS, page);
  const filled = await fill(readFileSync(path, "utf8"));
  if (filled === readFileSync(path, "utf8")) continue;
  console.log(`docs/${page}`);
  if (values.check) process.exitCode = 1;
  else writeFileSync(path, filled);
}
