import { expect, test } from "vitest";
import { onceForAll } from "../../src/prove/once-for-all.ts";

test("the same shape is made once, and another one again", () => {
  const once = onceForAll<string[]>();
  let times = 0;
  const make = (): string[] => [`made ${++times}`];
  const first = once([1, { seconds: 60 }], make);
  expect(once([1, { seconds: 60 }], make)).toBe(first);
  expect(once([1, { seconds: 61 }], make)).toEqual(["made 2"]);
});

test("more shapes than are remembered are made again, and right", () => {
  const once = onceForAll<number>();
  const square = (number: number) => once([number], () => number * number);
  for (let number = 0; number < 5000; number++) square(number);
  expect([0, 1, 4999].map(square)).toEqual([0, 1, 4999 ** 2]);
});
