/** What the page about reviews says of breaks is what there is. */
import { expect, test } from "vitest";
import { breakKinds } from "../../src/diff/breaks/breaks.ts";
import { readPage } from "../../tools/docs/fill.ts";

test("every kind of break has one row, in the order in which they are reported", () => {
  const rows = [...readPage("docs/review.md").matchAll(/^\| `([a-z-]+)` \| .+\. \|$/gm)].map(([, kind]) => kind);
  expect(rows).toEqual([...breakKinds]);
});
