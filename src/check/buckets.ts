/**
 * Whether a latency threshold is a bucket boundary. Where it is none, the bucket's series does not exist:
 * the alert never fires, or fires for ever.
 */
import { isSame, knownBuckets } from "../buckets/registry.ts";
import type { Plan } from "../compile/plan.ts";
import { type Issue, issue } from "../issue.ts";
import { printNumber } from "../promql/number.ts";
import { type Latency, thresholdOf } from "../sli/latency.ts";
import type { Check } from "./check.ts";
import { type SliUse, slisOf } from "./uses.ts";

export const buckets: Check = {
  name: "buckets",
  check: (plan) => slisOf(plan).flatMap((use) => checkThreshold(use, plan.platform.buckets)),
};

interface Known {
  /** Whose boundaries they are. */
  readonly whose: string;
  readonly boundaries: readonly number[];
}

// Native histograms have no boundaries to meet; those with custom buckets interpolate between theirs.
function checkThreshold(use: SliUse, declared: Plan["platform"]["buckets"]): Issue[] {
  const { sli } = use;
  if (sli.kind !== "latency" || sli.type !== "classic") return [];
  const lists = boundariesOf(sli, declared);
  if (lists.length === 0) return [unknownBuckets(use, sli.histogram.metric)];
  const threshold = thresholdOf(sli);
  const lacking = lists.filter(({ boundaries }) => !boundaries.some((boundary) => isSame(boundary, threshold)));
  if (lacking.length === lists.length) return [noBucket(use, threshold, lists)];
  return lacking.length === 0 ? [] : [notEverywhere(use, threshold, lacking)];
}

/** What the SLI or the platform declares counts; else what is known of the system, of all its versions. */
function boundariesOf(sli: Latency, declared: Plan["platform"]["buckets"]): readonly Known[] {
  const histogram = sli.histogram.metric;
  const own = sli.buckets ?? (Object.hasOwn(declared, histogram) ? declared[histogram] : undefined);
  if (own) return [{ whose: "the declared buckets", boundaries: own }];
  return knownBuckets(histogram).map(({ system, releases, boundaries }) => ({
    whose: `${system} (${releases})`,
    boundaries,
  }));
}

function unknownBuckets(use: SliUse, histogram: string): Issue {
  const message = `the bucket boundaries of \`${histogram}\` are not known, so nobody has checked that the threshold is one.`;
  const hint = `Declare them in the platform: buckets: { ${JSON.stringify(histogram)}: [0.1, 0.5, 1] }, as \`le\` shows them.`;
  return issue("buckets-unknown", [...use.path, "threshold"], message, hint, use.source);
}

function notEverywhere(use: SliUse, threshold: number, lacking: readonly Known[]): Issue {
  const message = `${printNumber(threshold)} is a bucket boundary, but not of ${lacking.map(({ whose }) => whose).join(" and ")}.`;
  const hint =
    "Declare the boundaries of yours in the SLI's or the platform's `buckets`, as `le` shows them; presets also take a `version`.";
  return issue("buckets-unknown", [...use.path, "threshold"], message, hint, use.source);
}

function noBucket(use: SliUse, threshold: number, lists: readonly Known[]): Issue {
  const boundaries = lists.flatMap((list) => list.boundaries);
  const below = Math.max(...boundaries.filter((boundary) => boundary < threshold));
  const above = Math.min(...boundaries.filter((boundary) => boundary > threshold));
  const nearest = [below, above].filter(Number.isFinite).map(printNumber);
  const message = `${printNumber(threshold)} is no bucket boundary of ${lists.map(({ whose }) => whose).join(" or ")}, so nothing would be counted.`;
  const hint = `Take ${nearest.join(" or ")}; where the buckets were changed, declare them in the platform's \`buckets\`.`;
  return issue("threshold-no-bucket", [...use.path, "threshold"], message, hint, use.source);
}
