/** docs/issues.md and the list of codes are one. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { issueLevels } from "../../src/issue.ts";

const page = readFileSync(new URL("../../docs/issues.md", import.meta.url), "utf8");
const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (\w+) \| (.+) \| (.+) \|$/gm)].map(
  ([, code = "", level, meaning, remedy]) => ({ code, level, meaning, remedy }),
);

test("every code has one row, in the order of the list, with its level", () => {
  expect(rows.map(({ code, level }) => [code, level])).toEqual(Object.entries(issueLevels));
});

test("every row says what the code means and what to do, as sentences", () => {
  for (const { code, meaning, remedy } of rows) {
    expect([code, meaning?.endsWith("."), remedy?.endsWith(".")]).toEqual([code, true, true]);
  }
});
