/** The registry of bucket boundaries: what well-known systems expose, of each version that differs, with its source. */
import { exact } from "../promql/number.ts";
import type { BucketList } from "./bucket-list.ts";
import { gateways } from "./gateways.ts";
import { opentelemetry } from "./opentelemetry.ts";
import { serving } from "./serving.ts";

export const bucketLists: readonly BucketList[] = [...opentelemetry, ...serving, ...gateways];

/**
 * The lists known for a histogram, by its base name; none where it is not known.
 *
 * @param version - Only of this version. Without it all that the name may stand for.
 */
export function knownBuckets(histogram: string, version?: string): readonly BucketList[] {
  const lists = namesOf(histogram).flatMap((name) => byHistogram.get(name) ?? []);
  return version === undefined
    ? lists.filter(({ onlyWhenAsked }) => onlyWhenAsked !== true)
    : lists.filter((list) => list.version === version);
}

/** Names of OpenTelemetry that were not translated have dots and no unit. */
function namesOf(histogram: string): string[] {
  if (!histogram.includes(".")) return [histogram];
  const translated = histogram.replaceAll(".", "_");
  return [histogram, translated, `${translated}_seconds`, `${translated}_milliseconds`];
}

/** Boundaries that every one of these lists has, rising. */
export function commonBoundaries(lists: readonly (readonly number[])[]): number[] {
  const [first = [], ...rest] = lists;
  return first.filter((boundary) => rest.every((list) => list.some((other) => isSame(other, boundary))));
}

/** Equal except for the dust of binary fractions. */
export function isSame(one: number, other: number): boolean {
  return exact(one) === exact(other);
}

const byHistogram = new Map(
  bucketLists
    .flatMap(({ histograms }) => histograms)
    .map((histogram) => [histogram, bucketLists.filter(({ histograms }) => histograms.includes(histogram))]),
);
