import { expect, test } from "vitest";
import { keptLately } from "../../src/compile/kept-lately.ts";

test("a value is made when it is asked for, and once", () => {
  const { made, value } = counted(keptLately(1));
  expect(made()).toBe(0);
  expect(value()).toBe(value());
  expect(made()).toBe(1);
});

test("only the last values are kept; others are made again", () => {
  const keep = keptLately(2);
  const [one, two, three] = [counted(keep), counted(keep), counted(keep)];
  for (const { value } of [one, two, three, two, three]) value();
  expect([one.made(), two.made(), three.made()]).toEqual([1, 1, 1]);
  one.value();
  two.value();
  expect([one.made(), two.made(), three.made()]).toEqual([2, 2, 1]);
});

function counted(keep: ReturnType<typeof keptLately>) {
  let times = 0;
  const value = keep(() => ({ number: ++times }));
  return { value, made: () => times };
}
