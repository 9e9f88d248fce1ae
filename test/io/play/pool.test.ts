/** How much is done at a time, and in which order. */
import { expect, test } from "vitest";
import { openPool } from "../../../src/io/play/pool.ts";

test("no more is done at a time than there is room for, and all of it is done", async () => {
  const { run } = openPool(3);
  const seen: number[] = [];
  let now = 0;
  const work = async (index: number): Promise<number> => {
    seen.push(++now);
    await new Promise(setImmediate);
    now -= 1;
    return index;
  };
  const done = await Promise.all(Array.from({ length: 20 }, (_, index) => run("part", () => work(index))));
  expect(done).toEqual(Array.from({ length: 20 }, (_, index) => index));
  expect(Math.max(...seen)).toBe(3);
});

test("parts of what was begun go before another beginning", async () => {
  const { run } = openPool(1);
  const order: string[] = [];
  const begin = (name: string) =>
    run("beginning", async () => order.push(name)).then(() => run("part", async () => order.push(`${name}: part`)));
  await Promise.all([begin("a"), begin("b"), begin("c")]);
  expect(order.indexOf("a: part")).toBeLessThan(order.indexOf("c"));
});

test("what fails leaves its room to others", async () => {
  const { run } = openPool(1);
  await expect(run("part", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
  expect(await run("part", async () => "done")).toBe("done");
});
