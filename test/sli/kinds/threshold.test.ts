/** A threshold that was meant in another unit than it is in. */
import { expect, test } from "vitest";
import { inUnit, meantMilliseconds, meantSeconds } from "../../../src/sli/kinds/threshold.ts";

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
