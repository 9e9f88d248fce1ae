/**
 * Whether a latency threshold is a bucket boundary. Where it is none, the bucket's series does not exist:
 * the alert never fires, or fires for ever.
 */
import type { Plan, SloPlan } from "../compile/plan.ts";
import type { Issue } from "../issue.ts";
import { exact, printNumber } from "../promql/number.ts";
import { thresholdOf } from "../sli/latency.ts";
import type { Check } from "./check.ts";
import { knownBuckets } from "./known-buckets.ts";
import { sloIssue, slosOf } from "./walk.ts";

export const buckets: Check = {
  name: "buckets",
  check: (plan) => slosOf(plan).flatMap((slo) => checkThreshold(slo, plan.platform.buckets)),
};

// Native histograms have no boundaries to meet; those with custom buckets interpolate between theirs.
function checkThreshold(plan: SloPlan, declared: Plan["platform"]["buckets"]): Issue[] {
  const { sli } = plan.slo;
  if (sli.kind !== "latency" || sli.type !== "classic") return [];
  const lists = boundariesOf(sli.histogram.metric, declared);
  if (lists.length === 0) return [unknownBuckets(plan, sli.histogram.metric)];
  const threshold = exact(thresholdOf(sli));
  const having = lists.filter((list) => list.some((boundary) => exact(boundary) === threshold));
  if (having.length === 0) return [noBucket(plan, threshold, lists.flat())];
  return having.length === lists.length ? [] : [notEverywhere(plan, threshold)];
}

/** What the platform declares counts; else what is known of the system, of all its versions. */
function boundariesOf(histogram: string, declared: Plan["platform"]["buckets"]): readonly (readonly number[])[] {
  const own = Object.hasOwn(declared, histogram) ? declared[histogram] : undefined;
  return own ? [own] : knownBuckets(histogram);
}

function unknownBuckets(plan: SloPlan, histogram: string): Issue {
  return sloIssue(plan, {
    code: "buckets-unknown",
    at: ["sli", "threshold"],
    message: `the bucket boundaries of \`${histogram}\` are not known, so nobody has checked that the threshold is one.`,
    hint: `Declare them in the platform: buckets: { ${JSON.stringify(histogram)}: [0.1, 0.5, 1] }, as \`le\` shows them.`,
  });
}

function notEverywhere(plan: SloPlan, threshold: number): Issue {
  return sloIssue(plan, {
    code: "buckets-unknown",
    at: ["sli", "threshold"],
    message: `${printNumber(threshold)} is a bucket boundary in some versions of the system only.`,
    hint: "Declare the boundaries of yours in the platform's `buckets`, as `le` shows them.",
  });
}

function noBucket(plan: SloPlan, threshold: number, boundaries: readonly number[]): Issue {
  const below = Math.max(...boundaries.filter((boundary) => boundary < threshold));
  const above = Math.min(...boundaries.filter((boundary) => boundary > threshold));
  const nearest = [below, above].filter(Number.isFinite).map(printNumber);
  return sloIssue(plan, {
    code: "threshold-no-bucket",
    at: ["sli", "threshold"],
    message: `${printNumber(threshold)} is no bucket boundary, so nothing would be counted.`,
    hint: `Take ${nearest.join(" or ")}; where the buckets were changed, declare them in the platform's \`buckets\`.`,
  });
}
