import fc from "fast-check";
import { expect, test } from "vitest";
import { editDistance, meantKey, nearest } from "../../../src/parse/read/nearest.ts";

const known = ["name", "objective", "groupBy", "window", "alerting", "runbook"];

test.each([
  ["group_by", "groupBy"],
  ["GroupBy", "groupBy"],
  ["objctive", "objective"],
  ["objective ", "objective"],
  ["widnow", "window"],
  ["runbooks", "runbook"],
  ["alert", undefined],
  ["x", undefined],
  ["", undefined],
])("%j is meant as %s", (word, meant) => expect(nearest(word, known)).toBe(meant));

test("words of other tools are known where the field is", () => {
  expect(meantKey("target", known)).toBe("objective");
  expect(meantKey("target", ["metric"])).toBeUndefined();
  expect(meantKey("constructor", known)).toBeUndefined();
});

test("a distance is symmetric, zero for the same and one for a swap", () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 9 }),
      fc.string({ maxLength: 9 }),
      (a, b) => editDistance(a, b) === editDistance(b, a) && (editDistance(a, b) === 0) === (a === b),
    ),
  );
  expect(editDistance("ab", "ba")).toBe(1);
});
