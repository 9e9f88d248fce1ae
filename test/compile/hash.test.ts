/** Hashes are parts of names that outlive a release: they never change. */
import { expect, test } from "vitest";
import { hash } from "../../src/compile/hash.ts";

// The vectors of the FNV reference (draft-eastlake-fnv, appendix C).
test.each([
  ["", "cbf29ce484222325"],
  ["a", "af63dc4c8601ec8c"],
  ["foobar", "85944171f73967e8"],
])("the hash of %j is the reference's", (text, value) => expect(hash(text)).toBe(value));

test("a hash has 16 digits, also where the first is 0", () => {
  const texts = Array.from({ length: 200 }, (_, index) => `text ${index}`);
  expect(texts.map(hash).every((value) => /^[0-9a-f]{16}$/.test(value))).toBe(true);
  expect(texts.map(hash).some((value) => value.startsWith("0"))).toBe(true);
});
