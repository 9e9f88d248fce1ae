/** What this package says of itself: its version, and what its issue codes mean. */
import { readFileSync } from "node:fs";
import { PACKAGE_ROOT } from "./package-root.ts";

/** A row of docs/issues.md, without its links: they lead nowhere from elsewhere. */
export interface CodeWords {
  readonly code: string;
  readonly meaning: string;
  readonly remedy: string;
}

export function readVersion(): string {
  return (JSON.parse(read("package.json")) as { version: string }).version;
}

/** Every issue code, in the order of the page. */
export function readCodes(): CodeWords[] {
  const rows = read("docs/issues.md").matchAll(/^\| `([a-z-]+)` \| \w+ \| (.+) \| (.+) \|$/gm);
  return [...rows].map(([, code = "", meaning = "", remedy = ""]) => ({
    code,
    meaning: withoutLinks(meaning),
    remedy: withoutLinks(remedy),
  }));
}

function read(file: string): string {
  return readFileSync(new URL(file, PACKAGE_ROOT), "utf8");
}

function withoutLinks(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1");
}
