/** What the pages show is what the program prints and what the rules are: `npm run docs` fills it in. */
import { describe, expect, test } from "vitest";
import { targetNames } from "../../src/emit/index.ts";
import { bandRules } from "../../tools/docs/band.ts";
import { allPages, fill, namesIn, pagesWithExcerpts, readPage } from "../../tools/docs/fill.ts";
import { everyExpression } from "../../tools/docs/rules.ts";
import { describeWithEngine } from "../support/engines.ts";

const NEEDS_AMTOOL = "docs/alertmanager.md";

describe("excerpts", () => {
  test.each(pagesWithExcerpts().filter((page) => page !== NEEDS_AMTOOL))(
    "of %s are real (npm run docs)",
    async (page) => {
      expect(await fill(readPage(page))).toBe(readPage(page));
    },
  );

  test("that were changed by hand are put right", async () => {
    const page = readPage("docs/rules.md");
    const changed = page.replace("% 240 < 30", "% 300 < 30");
    expect(changed).not.toBe(page);
    expect(await fill(changed)).toBe(page);
  });

  test("whose name nobody knows are reported", async () => {
    await expect(fill("<!-- excerpt: no/such -->\n```\n```\n")).rejects.toThrow("no/such");
  });

  test("all stand above a block of code", () => {
    for (const page of pagesWithExcerpts()) {
      const blocks = [...readPage(page).matchAll(/^<!-- excerpt: \S+ -->\n```\w*\n/gm)];
      expect([page, blocks.length]).toEqual([page, namesIn(readPage(page)).length]);
    }
  });
});

test("the page about the rules stays short, because they explain themselves", () => {
  expect(readPage("docs/rules.md").split("\n").length).toBeLessThanOrEqual(151);
});

describe("PromQL on a page", () => {
  const made = [...everyExpression(), ...exprsIn(bandRules())];

  test("is a whole expression that the build makes, or says that it is the reader's own", () => {
    const strange = allPages().flatMap((page) =>
      promqlIn(readPage(page)).filter(({ isOwn, exprs }) => !isOwn && !exprs.every((expr) => made.includes(expr))),
    );
    expect(strange).toEqual([]);
  });

  test("is found, block by block and rule by rule", () => {
    const page = "<!-- yours -->\n```promql\na\n```\n\n```promql\n# one\nb\n# two\nc\n/\nd\n```\n";
    expect(promqlIn(page)).toEqual([
      { isOwn: true, exprs: ["a"] },
      { isOwn: false, exprs: ["b", "c\n/\nd"] },
    ]);
  });
});

describeWithEngine("amtool", "the routes", () => {
  test("of the page are what amtool shows", async () => {
    expect(await fill(readPage(NEEDS_AMTOOL))).toBe(readPage(NEEDS_AMTOOL));
  });
});

test("the page of the command line names every target", () => {
  const row = /^\| `--target NAME` .*$/m.exec(readPage("docs/cli.md"))?.[0] ?? "";
  expect(targetNames.filter((name) => !row.includes(`\`${name}\``))).toEqual([]);
});

/** The expressions of every block; a line with a name stands above each where there are several. */
function promqlIn(page: string): { readonly isOwn: boolean; readonly exprs: readonly string[] }[] {
  const blocks = page.matchAll(/(<!-- yours -->\n)?^```promql\n([\s\S]*?)\n```$/gm);
  return [...blocks].map(([, own, text = ""]) => ({
    isOwn: own !== undefined,
    exprs: exprsIn(text),
  }));
}

function exprsIn(text: string): string[] {
  const exprs = text.split(/^# .*\n/m).map((expr) => expr.trimEnd());
  return exprs.filter((expr) => expr !== "");
}
