/**
 * Whether a latency threshold is a bucket boundary. Where it is none, the bucket's series does not exist:
 * the alert never fires, or fires for ever.
 */
import { isSame, knownBuckets } from "../../buckets/registry.ts";
import type { Plan } from "../../compile/plan.ts";
import { type Issue, type IssuePath, issue, printPath } from "../../issue.ts";
import { classicHistogramOf } from "../../sli/index.ts";
import type { ClassicHistogram } from "../../sli/kind.ts";
import { thresholdOf } from "../../sli/kinds/latency.ts";
import { boundaryLike, meantMilliseconds, meantSeconds, writtenThreshold } from "../../sli/kinds/threshold.ts";
import type { Check } from "../check.ts";
import { type SliUse, slisOf } from "../metrics/uses.ts";

export const buckets: Check = {
  name: "buckets",
  check: (plan) => slisOf(plan).flatMap((use) => checkThreshold(use, plan.platform.buckets)),
};

interface Known {
  /** Whose boundaries they are. */
  readonly whose: string;
  readonly boundaries: readonly number[];
  /** Where they were declared, if they were. */
  readonly declared?: string;
}

// Native histograms have no boundaries to meet; those with custom buckets interpolate between theirs.
function checkThreshold(use: SliUse, declared: Plan["platform"]["buckets"]): Issue[] {
  const sli = classicHistogramOf(use.sli);
  if (!sli) return [];
  const lists = boundariesOf(use, sli, declared);
  if (lists.length === 0) return [unknownBuckets(use, sli)];
  const threshold = thresholdOf(sli);
  const lacking = lists.filter(({ boundaries }) => !boundaries.some((boundary) => isSame(boundary, threshold)));
  if (lacking.length === lists.length) return [noBucket(use, sli, lists)];
  return lacking.length === 0 ? [] : [notEverywhere(use, sli, lacking)];
}

/** What the SLI or the platform declares counts; else what is known of the system, of all its versions. */
function boundariesOf(
  { path }: SliUse,
  sli: ClassicHistogram,
  declared: Plan["platform"]["buckets"],
): readonly Known[] {
  const histogram = sli.histogram.metric;
  if (sli.buckets) return [declaredAt([...path, "buckets"], sli.buckets)];
  const ours = Object.hasOwn(declared, histogram) ? declared[histogram] : undefined;
  if (ours) return [declaredAt(["platform", "buckets", histogram], ours)];
  return knownBuckets(histogram).map(({ system, releases, boundaries }) => ({
    whose: `${system} (${releases})`,
    boundaries,
  }));
}

function declaredAt(path: IssuePath, boundaries: readonly number[]): Known {
  return { whose: `the buckets that ${printPath(path)} declares`, boundaries, declared: printPath(path) };
}

function unknownBuckets(use: SliUse, sli: ClassicHistogram): Issue {
  const histogram = sli.histogram.metric;
  const message = `the bucket boundaries of \`${histogram}\` are not known, so the threshold ${writtenThreshold(sli)} could not be checked.`;
  const hint = `Declare them in the platform, as \`group by (le) (${histogram}_bucket)\` shows them: buckets: { ${JSON.stringify(histogram)}: […] }; a client library's own have names, such as "client_golang" or "client_python"${orMilliseconds(sli)}.`;
  return issue("buckets-unknown", [...use.path, "threshold"], message, hint, use.source);
}

function notEverywhere(use: SliUse, sli: ClassicHistogram, lacking: readonly Known[]): Issue {
  const message = `${writtenThreshold(sli)} is a bucket boundary, but not of ${lacking.map(({ whose }) => whose).join(" and ")}.`;
  const hint =
    "Declare the boundaries of yours in the SLI's or the platform's `buckets`, as `le` shows them; presets also take a `version`.";
  return issue("buckets-unknown", [...use.path, "threshold"], message, hint, use.source);
}

function noBucket(use: SliUse, sli: ClassicHistogram, lists: readonly Known[]): Issue {
  const threshold = thresholdOf(sli);
  const boundaries = lists.flatMap((list) => list.boundaries);
  const below = Math.max(...boundaries.filter((boundary) => boundary < threshold));
  const above = Math.min(...boundaries.filter((boundary) => boundary > threshold));
  const nearest = [below, above].filter(Number.isFinite).map((each) => boundaryLike(sli, each));
  const [place] = lists.flatMap(({ declared }) => declared ?? []);
  const doubt = place === undefined ? ", if yours has the same ones" : "";
  const message = `${writtenThreshold(sli)} is not a bucket boundary of ${lists.map(({ whose }) => whose).join(" or ")}, so nothing would be counted${doubt}.`;
  const wayOut =
    place === undefined
      ? "where the buckets were changed, declare them in the platform's `buckets`"
      : `where the histogram has others, correct ${place}`;
  const hint = `${forSeconds(sli) ?? "Take"} ${nearest.join(" or ")}; ${wayOut}${orMilliseconds(sli)}.`;
  const code = place === undefined ? "threshold-off-list" : "threshold-no-bucket";
  return issue(code, [...use.path, "threshold"], message, hint, use.source);
}

/** The same the other way round: nobody promises a part of a millisecond. */
function forSeconds(sli: ClassicHistogram): string | undefined {
  const meant = meantSeconds(sli);
  return meant === undefined
    ? undefined
    : `The metric is in milliseconds: for ${meant} seconds write "${meant * 1000}ms". Otherwise take`;
}

/** A number is in the metric's own unit: of seconds, hundreds are hardly meant. */
function orMilliseconds(sli: ClassicHistogram): string {
  const meant = meantMilliseconds(sli);
  return meant === undefined ? "" : `; for ${meant} milliseconds write "${meant}ms"`;
}
