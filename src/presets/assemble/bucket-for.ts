/** From the threshold that is wanted to one that a known histogram has. */
import { commonBoundaries, knownBuckets } from "../../buckets/registry.ts";
import type { LatencyThreshold } from "../../declare/declaration.ts";
import { thresholdOf } from "../../sli/kinds/latency.ts";

/** How `bucketFor` chooses. */
export interface BucketOptions {
  /** The version of the system, as its preset names it. Default: a boundary that all known versions have. */
  readonly version?: string;
  /** `up`, the default: the boundary at or above the threshold. `down`: at or below it. */
  readonly direction?: "up" | "down";
  /** The boundaries, in the metric's unit. Default: those that are known of the system. */
  readonly buckets?: readonly number[];
}

/**
 * The bucket boundary of a well-known histogram that is nearest to a threshold, in the metric's unit:
 * `bucketFor("vllm:time_to_first_token_seconds", "2s")` is 2.5. Of an unknown histogram the threshold is given back as it is.
 *
 * @param histogram - Its base name, without matchers.
 *
 * @example bucketFor("vllm:time_to_first_token_seconds", "2s")
 */
export function bucketFor(
  histogram: string,
  threshold: LatencyThreshold | number,
  { version, direction = "up", buckets }: BucketOptions = {},
): LatencyThreshold | number {
  const lists = buckets ? [buckets] : knownBuckets(histogram, version).map(({ boundaries }) => boundaries);
  const all = commonBoundaries(lists).filter((boundary) => boundary > 0);
  const wanted = inUnit(histogram, threshold);
  if (all.length === 0 || !Number.isFinite(wanted)) return threshold;
  // Beyond the last boundary there is only the last: what is slower than that cannot be distinguished.
  return direction === "up"
    ? (all.find((boundary) => boundary >= wanted) ?? (all.at(-1) as number))
    : (all.findLast((boundary) => boundary <= wanted) ?? (all[0] as number));
}

function inUnit(metric: string, threshold: LatencyThreshold | number): number {
  const histogram = { node: "selector" as const, metric, matchers: [] };
  return thresholdOf({ histogram, threshold });
}
