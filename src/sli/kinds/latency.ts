/** Observations at or below a threshold, from a classic histogram, a native one or one with custom buckets. */
import { z } from "zod";
import type { Selector } from "../../promql/ast.ts";
import { binary, call, number, offset, selector, sumBy } from "../../promql/build.ts";
import { printNumber } from "../../promql/number.ts";
import { boundariesSchema } from "../client-buckets.ts";
import { type Base, recordName } from "../counting/base.ts";
import { gained, gainWords } from "../counting/gain.ts";
import { targetLabels } from "../counting/target.ts";
import {
  type DebugQuery,
  eventRate,
  most,
  rateQuery,
  seriesRate,
  shareQuery,
  targetQueries,
} from "../debug-queries.ts";
import { noDuration } from "../duration.ts";
import { fault } from "../fault.ts";
import type { ClassicHistogram, Counts, History, SliKind } from "../kind.ts";
import { selectorSchema } from "../metric.ts";
import { sampleLabels } from "../sample-labels.ts";
import { selectorWords } from "../words.ts";
import { inUnit, suggestThreshold, thresholdHint, withMicroSign } from "./threshold.ts";

const threshold = z.union([z.number().positive(), z.string().transform(withMicroSign)]);

const schema = z
  .strictObject({
    kind: z.literal("latency"),
    histogram: selectorSchema,
    threshold,
    type: z.enum(["classic", "native", "nhcb"]).default("classic"),
    buckets: boundariesSchema.optional(),
  })
  .superRefine(({ threshold: given, histogram: { metric } }, context) => {
    if (Number.isFinite(inUnit(given, metric))) return;
    const message = noDuration(String(given), suggestThreshold(String(given)));
    const params = fault("bad-duration", thresholdHint(String(given), metric));
    context.addIssue({ code: "custom", path: ["threshold"], message, params });
  })
  .superRefine(({ histogram: { metric } }, context) => {
    const [base, suffix] = metric.split(/(_bucket|_count|_sum)$/);
    if (suffix === undefined) return;
    const message = `the histogram's base name is wanted, without \`${suffix}\``;
    const params = fault("bad-selector", `Drop the suffix: \`${base}\`.`);
    context.addIssue({ code: "custom", path: ["histogram"], message, params });
  });

export type Latency = z.output<typeof schema>;

export const latency: SliKind<Latency> = {
  schema,
  method: "events",
  counts: (sli, base) => (sli.type === "classic" ? classicCounts(sli, base) : nativeCounts(sli, base)),
  words: (sli) => ({
    good: `observations of ${selectorWords(sli.histogram)} at or below ${thresholdWords(sli)}`,
    bad: `observations of ${selectorWords(sli.histogram)} above ${thresholdWords(sli)}`,
    unit: "observations",
    symptom: "latency",
  }),
  history,
  debugQueries,
  classicHistogram: (sli) => (sli.type === "classic" ? sli : undefined),
  inexact: ({ type }) =>
    type === "classic"
      ? []
      : [["native histogram", "observations are interpolated within a bucket, and increases extrapolated"]],
  examples: [
    { kind: "latency", histogram: "http_request_duration_seconds", threshold: "1s" },
    { kind: "latency", histogram: 'rpc_duration_milliseconds{job="api"}', threshold: "250ms" },
    { kind: "latency", histogram: "cache_read_seconds", threshold: "50us" },
    { kind: "latency", histogram: "query_seconds", threshold: "500ms", type: "native" },
    { kind: "latency", histogram: "query_seconds", threshold: 0.25, type: "nhcb" },
  ],
};

/** The threshold in the metric's own unit: the name says which. */
export function thresholdOf(sli: ClassicHistogram): number {
  return inUnit(sli.threshold, sli.histogram.metric);
}

function thresholdWords(sli: Latency): string {
  return typeof sli.threshold === "string" ? sli.threshold : `${printNumber(sli.threshold)} (in the metric's unit)`;
}

/** Two counters of the histogram: all observations, and those at or below the threshold. */
function classicCounts(sli: Latency, base: Base): Counts {
  const all = { type: "selector", selector: { ...sli.histogram, metric: `${sli.histogram.metric}_count` } } as const;
  const good = { type: "selector", selector: bucket(sli) } as const;
  return {
    total: gained(all, base),
    part: { of: "good", expr: gained(good, base, all) },
    totalSeries: all.selector,
    counters: [all.selector],
    comments: {
      total: gainWords(all, base),
      part: `Good is what is at or below ${thresholdWords(sli)}: the bucket of that boundary.`,
    },
  };
}

/** The bucket's series: `le` is spelt `1`, `1.0` or `1e+06`, depending on the path by which it came. */
export function bucket(sli: ClassicHistogram): Selector {
  const matchers = [
    ...sli.histogram.matchers,
    { label: "le", op: "=~" as const, value: boundaryPattern(thresholdOf(sli)) },
  ];
  return { ...sli.histogram, metric: `${sli.histogram.metric}_bucket`, matchers };
}

/** A pattern for every spelling of a boundary: Prometheus 3 writes `1.0`, native OTLP `1`, Go `1e+06`. */
export function boundaryPattern(boundary: number): string {
  const plain = plainDecimal(boundary);
  const decimal = Number.isInteger(boundary) ? `${plain}(\\.0)?` : plain.replace(".", "\\.");
  return boundary >= 1e6 || boundary < 1e-4 ? `${decimal}|${exponent(boundary)}` : decimal;
}

function plainDecimal(value: number): string {
  const text = String(value);
  return text.includes("e") ? value.toFixed(20).replace(/0+$/, "").replace(/\.$/, "") : text;
}

function exponent(value: number): string {
  const [digits = "", power = ""] = value.toExponential().split("e");
  const size = power.slice(1).padStart(2, "0");
  return `${digits.replace(".", "\\.")}e${power.startsWith("-") ? "-" : "\\+"}${size}`;
}

/**
 * Native histograms cannot be subtracted evaluation by evaluation: two counters are made of each, and counted like any
 * others one evaluation later. Of an empty histogram the fraction is NaN: zero.
 */
function nativeCounts(sli: Latency, base: Base): Counts {
  const observed = call("histogram_count", offset(sli.histogram, base.settleMs));
  const share = call(
    "histogram_fraction",
    number(Number.NEGATIVE_INFINITY),
    number(thresholdOf(sli)),
    offset(sli.histogram, base.settleMs),
  );
  // Without rounding, the last bit of a product falls now and then where no good observation comes: that would be a restart.
  const below = binary(">=", call("round", binary("*", observed, share), number(0.001)), number(0));
  const later = { ...base, settleMs: base.intervalMs };
  const made = (name: string) => ({ type: "selector", selector: selector(recordName(name, base), base.id) }) as const;
  const [all, good] = [made("total:count"), made("good:count")];
  return {
    before: [
      {
        record: all.selector.metric,
        expr: observed,
        comment: "Two counters are made of each histogram, and counted like any others one evaluation later.",
      },
      {
        record: good.selector.metric,
        expr: binary("or", below, binary("*", number(0), observed)),
        comment:
          "Rounded, or a last bit that falls would be taken for a restart. Of a histogram that is still empty the fraction is NaN: zero.",
      },
    ],
    total: gained(all, later),
    part: { of: "good", expr: gained(good, later, all) },
    totalSeries: sli.histogram,
    comments: { total: gainWords(all, later) },
  };
}

/** What is above the threshold, by instance: the bucket itself counts the good ones. */
function debugQueries(sli: Latency, base: Base): DebugQuery[] {
  return sli.type === "classic" ? classicQueries(sli, base) : nativeQueries(sli, base);
}

function classicQueries(sli: Latency, base: Base): DebugQuery[] {
  const count = { type: "selector", selector: { ...sli.histogram, metric: `${sli.histogram.metric}_count` } } as const;
  const all = eventRate(count, base);
  const good = eventRate({ type: "selector", selector: bucket(sli) }, base);
  return [
    shareQuery(binary("-", all, good), all, "observations"),
    ...targetQueries(count, base),
    rateQuery(count, "observations", base),
  ];
}

function nativeQueries(sli: Latency, base: Base): DebugQuery[] {
  const all = sumBy(targetLabels(base), seriesRate(sli.histogram, base));
  const good = call("histogram_fraction", number(0), number(thresholdOf(sli)), all);
  return [
    {
      title: "Bad: where the largest share of observations is bad",
      expr: most(binary("-", number(1), good)),
      where: true,
    },
    ...targetQueries({ type: "selector", selector: sli.histogram }, base),
    {
      title: `All: where the most observations per second are, of ${selectorWords(sli.histogram)}`,
      expr: most(call("histogram_count", all)),
    },
  ];
}

function history(sli: Latency): History | undefined {
  const labels = sampleLabels(sli.histogram.matchers);
  if (!labels) return undefined;
  const name = sli.histogram.metric;
  if (sli.type !== "classic") {
    return {
      type: "histogram",
      series: [{ metric: name, labels, threshold: thresholdOf(sli), custom: sli.type === "nhcb" }],
    };
  }
  const le = Number.isInteger(thresholdOf(sli)) ? `${thresholdOf(sli)}.0` : plainDecimal(thresholdOf(sli));
  return {
    type: "counters",
    series: [
      { metric: `${name}_count`, labels, perGood: 1, perBad: 1 },
      { metric: `${name}_bucket`, labels: { ...labels, le }, perGood: 1, perBad: 0 },
    ],
  };
}
