/** The provider's functions are carried elsewhere as text and share nothing: what they repeat must be what `seal` writes. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { render } from "../../src/emit/artifact.ts";

const source = readFileSync(new URL("../../src/pulumi/owned-file.ts", import.meta.url), "utf8");
const marks = [...source.matchAll(/if \(!?\/(.*)\/\.test\(text|isOurs = \/(.*)\/\.test\(text/g)].map(
  ([, asked, known]) => asked ?? known ?? "",
);

test("check, create and delete know a file of firebreak by the same mark", () => {
  expect(marks).toHaveLength(3);
  expect(new Set(marks).size).toBe(1);
});

test("every sealed file has that mark, and a stranger's has not", () => {
  const made = render({ path: "a.yaml", format: "yaml", value: { a: 1 }, header: "Made by firebreak." });
  for (const mark of marks) {
    expect(made.slice(0, 1000)).toMatch(new RegExp(mark));
    expect("# Made by firebreak, and then by me.\na: 1\n").not.toMatch(new RegExp(mark));
  }
});
