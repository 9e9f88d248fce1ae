import { expect, test } from "vitest";
import { alignColumns } from "../../../src/cli/print/table.ts";

test.each([
  [
    [
      ["a", "bb"],
      ["ccc", "d"],
    ],
    "a    bb\nccc  d",
  ],
  [
    [
      ["\u001b[1ma\u001b[22m", "b"],
      ["cc", "d"],
    ],
    "\u001b[1ma\u001b[22m   b\ncc  d",
  ],
  [[["a"], ["b", "c"]], "a\nb  c"],
  [[], ""],
])("columns are aligned by what is seen (%#)", (rows, expected) => {
  expect(alignColumns(rows)).toBe(expected);
});
