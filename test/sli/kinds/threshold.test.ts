/** A threshold that was meant in another unit than it is in. */
import { expect, test } from "vitest";
import { inUnit, meantMilliseconds, meantSeconds, thresholdHint } from "../../../src/sli/kinds/threshold.ts";

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

test.each([
  ["envoy_cluster_upstream_rq_time", 250],
  ["kong_latency", 250],
  ["http.server.duration", 250],
  ["rpc_client_duration", 250],
  ["http.server.request.duration", 0.25],
  ["envoy_cluster_upstream_cx_connect_ms", 250],
  ["a_time", 0.25],
])("250ms of %s is %s in its own unit", (metric, expected) => expect(inUnit("250ms", metric)).toBe(expected));

test.each<[threshold: number | string, metric: string, meant: number | undefined]>([
  [0.25, "envoy_cluster_upstream_rq_time", 0.25],
  [2, "request_duration_milliseconds", 2],
  [250, "envoy_cluster_upstream_rq_time", undefined],
  ["250ms", "envoy_cluster_upstream_rq_time", undefined],
  [0.25, "latency_seconds", undefined],
  [0.00001, "request_duration_milliseconds", undefined],
])("%s of %s is meant to be %s seconds", (threshold, metric, meant) =>
  expect(meantSeconds({ threshold, histogram: { metric } })).toBe(meant),
);

test.each([
  ["50us", "cache_read_seconds", 0.00005],
  ["50µs", "cache_read_seconds", 0.00005],
  ["50μs", "cache_read_seconds", 0.00005],
  ["2500µs", "cache_read_seconds", 0.0025],
  ["50us", "cache_read_milliseconds", 0.05],
  ["50us", "cache_read_us", 50],
  ["50us", "cache_read_nanoseconds", 50_000],
])("%s of %s is %s in its own unit", (threshold, metric, expected) => expect(inUnit(threshold, metric)).toBe(expected));

test.each([
  ["0us", "0us"],
  ["1.5us", "1.5us"],
  ["50ns", "50ns"],
])("%s is no threshold", (threshold) => expect(inUnit(threshold, "cache_read_seconds")).toBeNaN());

test.each([
  ["250 microseconds", "`250µs`"],
  ["250 µs", "`250µs`"],
  ["0.25ms", "`250µs`"],
  ["2.5ms", "`2500µs`"],
  ["3000 usec", "`3ms`"],
  ["0.5s", "`500ms`"],
  ["0.0003", "`300µs`"],
])("for %s, what to write is %s", (given, meant) =>
  expect(thresholdHint(given, "cache_read_seconds")).toContain(meant),
);
