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
  [/\blook whether\b/i, "check whether"],
  [/\bknows? no\b/i, "has no, does not know"],
  [/\b(made|counted|measured|declared) no longer\b/i, "no longer made"],
  [/\bclaim(s|ed)\b/i, "expectation, expects"],
  [/\boutside of\b/i, "outside"],
];

const texts = new Map(pages.map((page) => [page, linesOf(page)]));

/** Nor in what the program prints. */
function everywhere(): readonly (readonly [RegExp, string])[] {
  return [
    [/\banew\b/i, "again, start over"],
    [/\btold apart\b/i, "distinguished, split by"],
    [/\b(dearer|dearest|too dear)\b/i, "more expensive"],
    [/\bnewborn\b/i, "new"],
    [/\bnobody (knows|says|tells)\b/i, "not known, not reported"],
    [/\bas far as is known\b/i, "is not known to"],
    [/\b(is|are) well\b/i, "healthy"],
    [/\bstood still\b|\bstands still\b/i, "stopped"],
  ];
}

test.each(words)("%s is not written: %s", (pattern) => {
  expect(pages.flatMap((page) => linesWith(pattern, page))).toEqual([]);
});

test.each(everywhere())("%s is not printed: %s", (pattern) => {
  const onPages = pages.filter((page) => !page.startsWith("src/"));
  expect(onPages.flatMap((page) => linesWith(pattern, page))).toEqual([]);
  const printed = pages.filter((page) => page.startsWith("src/")).flatMap((page) => linesWith(pattern, page));
  // Text is within quotes; a comment has none around it.
  expect(printed.filter((line) => /["`]/.test(line) && !/: (\/?\*|\/\/)/.test(line))).toEqual([]);
});

function linesWith(pattern: RegExp, page: string): string[] {
  return (texts.get(page) ?? []).flatMap((line, index) =>
    pattern.test(line) ? [`${page}:${index + 1}: ${line.trim().slice(0, 160)}`] : [],
  );
}

function linesOf(page: string): string[] {
  return readFileSync(join(ROOT, page), "utf8").split("\n");
}

function below(folder: string, ending: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`);
}
