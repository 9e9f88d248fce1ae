/** What docs/ shows is what the program prints and what the rules are: `npm run docs` fills it in. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { targetNames } from "../../src/emit/index.ts";
import { DOCS, fill, namesIn, pagesWithExcerpts } from "../../tools/docs/fill.ts";
import { describeWithEngine } from "../support/engines.ts";

const NEEDS_AMTOOL = "alertmanager.md";
const read = (page: string): string => readFileSync(join(DOCS, page), "utf8");

describe("excerpts", () => {
  test.each(pagesWithExcerpts().filter((page) => page !== NEEDS_AMTOOL))(
    "of %s are real (npm run docs)",
    async (page) => {
      expect(await fill(read(page))).toBe(read(page));
    },
  );

  test("that were changed by hand are put right", async () => {
    const page = read("cli.md");
    const changed = page.replace(/\d+ SLOs, /, "15 SLOs, ");
    expect(changed).not.toBe(page);
    expect(await fill(changed)).toBe(page);
  });

  test("whose name nobody knows are told", async () => {
    await expect(fill("<!-- excerpt: no/such -->\n```\n```\n")).rejects.toThrow("no/such");
  });

  test("all stand above a block of code", () => {
    for (const page of pagesWithExcerpts()) {
      const blocks = [...read(page).matchAll(/^<!-- excerpt: \S+ -->\n```\w*\n/gm)];
      expect([page, blocks.length]).toEqual([page, namesIn(read(page)).length]);
    }
  });
});

describeWithEngine("amtool", "the routes", () => {
  test("of the page are what amtool shows", async () => {
    expect(await fill(read(NEEDS_AMTOOL))).toBe(read(NEEDS_AMTOOL));
  });
});

test("the page of the command line names every target", () => {
  const row = /^\| `--target NAME` .*$/m.exec(read("cli.md"))?.[0] ?? "";
  expect(targetNames.filter((name) => !row.includes(`\`${name}\``))).toEqual([]);
});
