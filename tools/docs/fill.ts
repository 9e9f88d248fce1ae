/** Finds the excerpts of a page and puts in what is real. */
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { excerpts } from "./excerpts.ts";

export const DOCS = resolve(import.meta.dirname, "..", "..", "docs");

const EXCERPT = /(<!-- excerpt: (\S+) -->\n```\w*\n)([\s\S]*?)(?=^```$)/gm;

/** Names of the pages that have excerpts. */
export function pagesWithExcerpts(): string[] {
  const pages = readdirSync(DOCS).filter((name) => name.endsWith(".md"));
  return pages.filter((name) => namesIn(readFileSync(join(DOCS, name), "utf8")).length > 0).sort();
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
  return (await make()).trimEnd();
}
