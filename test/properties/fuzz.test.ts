/** Whatever builds is taken by the real engines. `npm run fuzz` is the same at any length. */
import { expect, test } from "vitest";
import { describeWithEngine } from "../support/engines.ts";
import { fuzz } from "./fuzz/fuzz.ts";

const COUNT = 2000;

describeWithEngine(["promtool", "amtool"], "random declarations on the real engines", () => {
  test.each([1, 2, 3])("of seed %i, none is refused", async (seed) => {
    const { declarations, refused } = await fuzz({ count: COUNT, seed });
    expect(refused).toEqual([]);
    expect(declarations).toBeGreaterThanOrEqual(COUNT);
  });
});
