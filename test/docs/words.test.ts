/** The language of the pages, of messages and of comments in the source: words that a stranger knows, and none of those that only we would use. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const ROOT = join(import.meta.dirname, "../..");
const pages = [
  "README.md",
  "ARCHITECTURE.md",
  "CONTRIBUTING.md",
  ...below("docs", ".md"),
  ...below("templates", ".hbs"),
  ...below("src", ".ts"),
];

/** What is not written, and what is written for it. */
const words: readonly (readonly [RegExp, string])[] = [
  [/\b(who|is|are|was|were|be|been) told\b/i, "notified, reported"],
  [/\b(tells?|rings?) nobody\b|\bnobody tells\b/i, "notifies nobody"],
  [/\bnobody's truth\b/i, "not counted"],
  [/\b(what|that) is none\b/i, "missing, not one"],
  [/\b(do|does) no harm\b/i, "can be ignored, does not affect"],
  [/\b(mend|mends|mended)\b/i, "fix, repair"],
  [/\btwins?\b/i, "duplicate"],
  [/\bcries\b/i, "alerts"],
  [/\ba stranger to\b/i, "unknown to"],
];

test.each(words)("%s is not written: %s", (pattern) => {
  const found = pages.flatMap((page) =>
    readFileSync(join(ROOT, page), "utf8")
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${page}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])),
  );
  expect(found).toEqual([]);
});

function below(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);
}
