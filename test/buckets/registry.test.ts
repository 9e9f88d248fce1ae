/** The registry holds what real systems expose: exposed-buckets.json has the `le` values of their expositions. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bucketLists, commonBoundaries, knownBuckets } from "../../src/buckets/registry.ts";

type Exposed = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

const exposed = JSON.parse(readFileSync(new URL("exposed-buckets.json", import.meta.url), "utf8")) as Exposed;

describe.each(Object.entries(exposed))("%s", (_system, histograms) => {
  test.each(Object.entries(histograms))("%s has one of the known lists", (name, boundaries) => {
    expect(knownBuckets(name).map((list) => exactly(list.boundaries))).toContainEqual(exactly(boundaries));
  });
});

test("lists rise, have no boundary twice, and say whose they are and where that was read", () => {
  for (const { system, version, releases, source, boundaries } of bucketLists) {
    expect(boundaries).toEqual([...new Set(boundaries)].sort((a, b) => a - b));
    expect([system, version, releases, source].every((text) => text.length > 1)).toBe(true);
  }
});

test("a version of a histogram has one list", () => {
  const keys = bucketLists.flatMap((list) => list.histograms.map((name) => `${name} ${list.version}`));
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
});

test("a version is chosen by its word, and a borrowed name means its owner unless asked otherwise", () => {
  const name = "gen_ai_client_operation_duration_seconds";
  expect(knownBuckets(name).map(({ version }) => version)).toEqual(["semconv"]);
  expect(knownBuckets(name, "traceloop").map(({ boundaries }) => boundaries.slice(0, 3))).toEqual([[0, 5, 10]]);
  expect(knownBuckets("vllm:e2e_request_latency_seconds").map(({ version }) => version)).toEqual(["v1", "v0"]);
});

test("names that OpenTelemetry has not translated are known as well", () => {
  expect(knownBuckets("gen_ai.server.time_to_first_token")).toEqual(
    knownBuckets("gen_ai_server_time_to_first_token_seconds"),
  );
  expect(knownBuckets("http.server.request.duration")).not.toEqual([]);
  expect(knownBuckets("rpc.server.duration")).toEqual(knownBuckets("rpc_server_duration_milliseconds"));
  expect(knownBuckets("http.route")).toEqual([]);
});

test("boundaries in common are those that every list has", () => {
  expect(
    commonBoundaries([
      [0.1 + 0.2, 1, 2],
      [0.3, 2, 4],
    ]),
  ).toEqual([0.1 + 0.2, 2]);
  expect(commonBoundaries([])).toEqual([]);
});

test("vLLM's names are known with its own prefix and with Ray's", () => {
  expect(knownBuckets("ray_vllm_time_to_first_token_seconds")).toEqual(
    knownBuckets("vllm:time_to_first_token_seconds"),
  );
});

test("TGI's geometric boundaries are spelt as its `le` is, to the last digit", () => {
  const [tgi] = knownBuckets("tgi_request_duration");
  expect(tgi?.boundaries.map(String).slice(28, 30)).toEqual(["12.783403948858936", "19.175105923288406"]);
});

test("what is not known has no list", () => {
  expect(knownBuckets("app_request_seconds")).toEqual([]);
  expect(knownBuckets("toString")).toEqual([]);
});

/** Without the dust of binary fractions. */
function exactly(boundaries: readonly number[]): string[] {
  return boundaries.map((boundary) => boundary.toPrecision(12));
}
