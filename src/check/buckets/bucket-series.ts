/** Whether a histogram's buckets are read as what they are: each holds all that is at or below it, and `le` has many spellings. */
import { type Issue, issue } from "../../issue.ts";
import type { Matcher, Selector } from "../../promql/ast.ts";
import { print } from "../../promql/print.ts";
import { shapeOf } from "../../promql/shape/shape.ts";
import type { Check } from "../check.ts";
import { type Fault, type Use, usesOf } from "../metrics/uses.ts";

export const bucketSeries: Check = {
  name: "bucket-series",
  check: (plan) => usesOf(plan).flatMap(checkUse),
};

function checkUse(use: Use): Issue[] {
  const { metric, path, source } = use;
  const found = metric.type === "promql" ? inExpression(metric.text, path.at(-1)) : inSelector(metric.selector, use.as);
  const at = metric.type === "promql" ? [...path, "promql"] : path;
  return found.map(({ code, message, hint }) => issue(code, at, message, hint, source));
}

function inSelector(selector: Selector, as: Use["as"]): Fault[] {
  const le = leOf(selector);
  if (as === "histogram") {
    if (selector.matchers.some(({ label }) => label === "quantile")) return [summary(selector)];
    return le ? [boundaryInHistogram(selector)] : [];
  }
  return isBucket(selector) ? [bucketCounted(selector, le)] : [];
}

function leOf({ matchers }: Selector): Matcher | undefined {
  return matchers.find(({ label }) => label === "le");
}

function isBucket({ metric }: Selector): boolean {
  return metric.endsWith("_bucket");
}

function boundaryInHistogram(selector: Selector): Fault {
  return {
    code: "bucket-misread",
    message:
      "`le` is a label of the buckets alone: the count of all observations has none, so there would be no total.",
    hint: `Leave it out: ${withoutBoundary(selector)}; \`threshold\` chooses the bucket.`,
  };
}

function summary({ metric }: Selector): Fault {
  return {
    code: "bucket-misread",
    message: `\`quantile\` is a label of summaries, which have no buckets: \`${metric}_bucket\` has no such series.`,
    hint: "Expose a histogram; of a summary, only its quantiles can be compared: gauge({ metric, op, threshold }).",
  };
}

/** Prometheus 3 writes `1.0` where it was `1`, and a bucket that is not found counts nothing. */
function bucketCounted(selector: Selector, le: Matcher | undefined): Fault {
  const threshold = le?.op === "=" && Number.isFinite(Number(le.value)) ? Number(le.value) : "…";
  const wrong = le
    ? `\`le="${le.value}"\` is spelt otherwise in Prometheus 3 or elsewhere`
    : "without `le` every observation counts once in each bucket";
  return {
    code: "bucket-misread",
    message: `\`${selector.metric}\` is a histogram's buckets: ${wrong}.`,
    hint: `Write latency({ histogram: ${JSON.stringify(withoutBoundary(selector))}, threshold: ${threshold} }), which finds the bucket in every spelling.`,
  };
}

function withoutBoundary(selector: Selector): string {
  return print({
    ...selector,
    metric: selector.metric.replace(/_bucket$/, ""),
    matchers: selector.matchers.filter(({ label }) => label !== "le"),
  });
}

/** Quantiles and fractions read all buckets, as they should. */
function inExpression(text: string, field: string | number | undefined): Fault[] {
  if (/histogram_|\bby\s*\([^)]*\ble\b/.test(text)) return [];
  const { selectors, readings } = shapeOf(text.replaceAll("$window", "1h"));
  const buckets = selectors.filter(isBucket);
  if (field === "bad" && buckets.length === 1 && readings.length === 1) return [goodAsBad()];
  return buckets
    .flatMap((selector): Fault[] => {
      const le = leOf(selector);
      if (!le) return [bucketCounted(selector, le)];
      if (/^\+?Inf(inity)?$/i.test(le.value) && le.value !== "+Inf") return [noInfinity(le)];
      return /^=~?$/.test(le.op) && /^\d+$/.test(le.value) ? [oneSpelling(le)] : [];
    })
    .slice(0, 1);
}

/** A bucket holds what was fast enough. */
function goodAsBad(): Fault {
  return {
    code: "part-swapped",
    message: "a bucket counts observations at or below its boundary: the good ones.",
    hint: "Write it as `good`, or use latency.",
  };
}

function noInfinity({ value }: Matcher): Fault {
  return {
    code: "bucket-spelling",
    message: `\`le="${value}"\` is not a bucket: the one with all observations is \`+Inf\`.`,
    hint: "Write the histogram's `_count`, which is the same.",
  };
}

function oneSpelling({ value }: Matcher): Fault {
  return {
    code: "bucket-spelling",
    message: `\`le="${value}"\` is \`le="${value}.0"\` when scraped by Prometheus 3: the bucket may not be found.`,
    hint: `Write le=~"${value}(\\\\.0)?", or use latency, which finds the bucket in every spelling.`,
  };
}
