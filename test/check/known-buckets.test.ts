/** The registry holds what real systems expose: exposed-buckets.json has the `le` values of their expositions. */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { knownBuckets } from "../../src/check/known-buckets.ts";

type Exposed = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

const exposed = JSON.parse(readFileSync(new URL("exposed-buckets.json", import.meta.url), "utf8")) as Exposed;

describe.each(Object.entries(exposed))("%s", (_system, histograms) => {
  test.each(Object.entries(histograms))("%s has one of the known lists", (name, boundaries) => {
    expect(knownBuckets(name).map(exactly)).toContainEqual(exactly(boundaries));
  });
});

test("lists rise, and have no boundary twice", () => {
  for (const name of Object.values(exposed).flatMap((histograms) => Object.keys(histograms))) {
    for (const list of knownBuckets(name)) expect(list).toEqual([...new Set(list)].sort((a, b) => a - b));
  }
});

test("vLLM's names are known with its own prefix and with Ray's", () => {
  expect(knownBuckets("ray_vllm_time_to_first_token_seconds")).toEqual(
    knownBuckets("vllm:time_to_first_token_seconds"),
  );
});

test("what is not known has no list", () => {
  expect(knownBuckets("app_request_seconds")).toEqual([]);
  expect(knownBuckets("toString")).toEqual([]);
});

/** Without the dust of binary fractions. */
function exactly(boundaries: readonly number[]): string[] {
  return boundaries.map((boundary) => boundary.toPrecision(12));
}
