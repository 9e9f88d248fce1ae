/** Finds the excerpts of a page and puts in what is real. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { excerpts } from "./excerpts.ts";
import { ROOT } from "./runs.ts";

const EXCERPT = /(<!-- excerpt: (\S+) -->\n```\w*\n)([\s\S]*?)(?=^```$)/gm;

/** Paths of the README and of all pages in docs/, from the root. */
export function allPages(): string[] {
  const names = readdirSync(join(ROOT, "docs")).filter((name) => name.endsWith(".md"));
  return ["README.md", ...names.sort().map((name) => `docs/${name}`)];
}

/** Those that have excerpts. */
export function pagesWithExcerpts(): string[] {
  return allPages().filter((path) => namesIn(readPage(path)).length > 0);
}

export function readPage(path: string): string {
  return readFileSync(join(ROOT, path), "utf8");
}

/** Names of a page's excerpts, in order. */
export function namesIn(page: string): string[] {
  return [...page.matchAll(/^<!-- excerpt: (\S+) -->$/gm)].map(([, name = ""]) => name);
}

/** The page with every excerpt as it really is. */
export async function fill(page: string): Promise<string> {
  const real = new Map<string, string>();
  for (const name of namesIn(page)) real.set(name, await excerptOf(name));
  return page.replaceAll(EXCERPT, (_all, head: string, name: string) => `${head}${real.get(name)}\n`);
}

async function excerptOf(name: string): Promise<string> {
  const make = excerpts[name];
  if (!make) throw new Error(`There is no excerpt ${name}: add it to tools/docs/excerpts.ts.`);
  const real = (await make()).trimEnd();
  if (real === "") throw new Error(`The excerpt ${name} is empty.`);
  return real;
}
