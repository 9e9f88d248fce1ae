/** The default boundaries of client libraries, as their sources have them. */
import { expect, test } from "vitest";
import { boundariesSchema } from "../../src/sli/client-buckets.ts";

const http = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const go = http.filter((bound) => ![0.075, 0.75, 7.5].includes(bound));

test.each([
  // github.com/prometheus/client_golang v1.23, prometheus/histogram.go: DefBuckets
  ["client_golang", go],
  // github.com/siimon/prom-client v15, lib/histogram.js: buckets
  ["prom-client", go],
  // github.com/prometheus/client_python v0.23, prometheus_client/metrics.py: DEFAULT_BUCKETS, without +Inf
  ["client_python", http],
  // OpenTelemetry semantic conventions 1.37: http.server.request.duration
  ["otel-http", http],
  // OpenTelemetry specification 1.49, metrics/sdk.md: explicit bucket histogram aggregation
  ["otel-sdk", [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000]],
])("%s has the boundaries of its source", (name, bounds) => expect(boundariesSchema.parse(name)).toEqual(bounds));

test("a list is its own", () => expect(boundariesSchema.parse([1, 2])).toEqual([1, 2]));
