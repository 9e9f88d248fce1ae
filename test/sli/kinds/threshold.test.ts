/** A threshold that was meant in another unit than it is in. */
import { expect, test } from "vitest";
import { meantMilliseconds } from "../../../src/sli/kinds/threshold.ts";

test.each<[threshold: number | string, metric: string, meant: number | undefined]>([
  [500, "latency_seconds", 500],
  [10, "latency_seconds", 10],
  [9, "latency_seconds", undefined],
  [12.5, "latency_seconds", undefined],
  [500, "latency_milliseconds", undefined],
  ["500ms", "latency_seconds", undefined],
])("%s of %s is meant to be %s milliseconds", (threshold, metric, meant) => {
  expect(meantMilliseconds({ threshold, histogram: { metric, matchers: [] } } as never)).toBe(meant);
});
