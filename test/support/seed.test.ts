/** The seed of properties: fixed, unless the environment asks for another. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { seedFrom } from "./seed.ts";

const everything = fc.property(fc.integer(), () => true);
const nothing = fc.property(fc.constant("x".repeat(5000)), () => false);

test("two runs of a property try the same inputs", () => {
  expect(fc.sample(fc.integer(), 20)).toEqual(fc.sample(fc.integer(), 20));
  expect(fc.check(everything).seed).toBe(fc.readConfigureGlobal().seed);
});

test.runIf(process.env.FIREBREAK_SEED !== "random")("the environment names the seed", () => {
  expect(fc.check(everything).seed).toBe(seedFrom(process.env.FIREBREAK_SEED));
});

test("a seed of its own goes before", () => {
  expect(fc.check(everything, { seed: 7 }).seed).toBe(7);
});

test("without a wish it is always the same, and a random one is another each time", () => {
  expect(seedFrom(undefined)).toBe(seedFrom(""));
  expect(seedFrom("42")).toBe(42);
  expect(seedFrom("random")).not.toBe(seedFrom("random"));
});

test.each(["seven", "1.5"])("%s is no seed", (asked) => {
  expect(() => seedFrom(asked)).toThrow("FIREBREAK_SEED");
});

test("a failure says its seed and path first, and not all of a long input", () => {
  const failing = () => fc.assert(nothing, { seed: 7 });
  expect(failing).toThrow(/^FIREBREAK_SEED=7, path "0", run 1\n/);
  expect(messageOf(failing).length).toBeLessThan(2500);
});

function messageOf(failing: () => void): string {
  try {
    failing();
  } catch (error) {
    return (error as Error).message;
  }
  return "";
}
