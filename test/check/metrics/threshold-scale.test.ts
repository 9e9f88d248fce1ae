/** Gauges that are compared with percent although they are shares, and the other way round of doubt: none without reason. */
import { expect, test } from "vitest";
import { availability } from "../../parse/valid.ts";
import { findingsOf, hintOf } from "../findings.ts";

const slos = (metric: unknown, threshold: number) => [
  { ...availability, sli: { kind: "gauge", metric, op: "<", threshold } },
];

test("a share of a whole that is held to 90 makes an issue, with the threshold that is meant", () => {
  const declared = slos("disk_usage_ratio", 90);
  expect(findingsOf("threshold-scale", declared)).toEqual(["wrong-scale gateway.slos[0].sli.threshold"]);
  expect(hintOf("threshold-scale", declared)).toContain("threshold: 0.9;");
});

test.each<[string, unknown, number]>([
  ["a share that is held to a share", "disk_usage_ratio", 0.9],
  ["a gauge of OpenTelemetry without a unit", "jvm_threads_ratio", 200],
  ["a ratio that may be above 1", "log_compression_ratio", 20],
  ["a percentage", "disk_usage_percent", 90],
  ["an expression, which says that it is meant", { promql: "max(disk_usage_ratio)" }, 90],
])("%s makes none", (_what, metric, threshold) =>
  expect(findingsOf("threshold-scale", slos(metric, threshold))).toEqual([]),
);
