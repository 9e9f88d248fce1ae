/** Test files with engines start in an order that keeps every processor at work until the end. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { interleave, LONGEST } from "../../tools/interleaved.ts";

const root = join(import.meta.dirname, "../..");

function order(...files: string[]): string[] {
  return interleave(files.map((file) => ({ moduleId: `/anywhere/test/${file}` }))).map(({ moduleId }) =>
    moduleId.replace("/anywhere/test/", ""),
  );
}

test("one that waits and one that computes take turns, and what is left over follows", () => {
  expect(order("a.test.ts", "b.test.ts", "c.test.ts", "live/d.test.ts", "pulumi/e.test.ts")).toEqual([
    "live/d.test.ts",
    "a.test.ts",
    "pulumi/e.test.ts",
    "b.test.ts",
    "c.test.ts",
  ]);
});

test("what takes long starts first, whatever Vitest knows of it", () => {
  expect(order("a.test.ts", "live/b.test.ts", "oracle/order.test.ts", "live/scenarios.test.ts")).toEqual([
    "live/scenarios.test.ts",
    "oracle/order.test.ts",
    "live/b.test.ts",
    "a.test.ts",
  ]);
});

test("every file that is known to take long is there", () => {
  expect(LONGEST.filter((file) => !existsSync(join(root, file)))).toEqual([]);
});
