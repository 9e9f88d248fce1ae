/** Observations at or below a threshold, from a classic histogram, a native one or one with custom buckets. */
import { z } from "zod";
import type { Expr, Selector } from "../promql/ast.ts";
import { binary, call, number, offset, over, sumBy } from "../promql/build.ts";
import { printNumber } from "../promql/number.ts";
import { type Base, increments, rateWindowMs, recordedTotal } from "./base.ts";
import { goodIsMissing, goodOverTotal } from "./broken.ts";
import type { Counts, History, SliKind } from "./kind.ts";
import { fault, selectorSchema } from "./metric.ts";
import {
  eventRate,
  most,
  type Question,
  rateQuestion,
  seriesRate,
  shareQuestion,
  targetQuestions,
} from "./questions.ts";
import { targetLabels } from "./target.ts";
import { inUnit, thresholdHint } from "./threshold.ts";
import { witness } from "./witness.ts";
import { selectorWords } from "./words.ts";

const threshold = z.union([z.number().positive(), z.string()]);

const schema = z
  .strictObject({
    kind: z.literal("latency"),
    histogram: selectorSchema,
    threshold,
    type: z.enum(["classic", "native", "nhcb"]).default("classic"),
    buckets: z.array(z.number()).optional(),
  })
  .superRefine(({ threshold: given, histogram: { metric } }, context) => {
    if (Number.isFinite(inUnit(given, metric))) return;
    const message = `${JSON.stringify(given)} is not a duration`;
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
  questions,
  examples: [
    { kind: "latency", histogram: "http_request_duration_seconds", threshold: "1s" },
    { kind: "latency", histogram: 'rpc_duration_milliseconds{job="api"}', threshold: "250ms" },
    { kind: "latency", histogram: "query_seconds", threshold: "500ms", type: "native" },
    { kind: "latency", histogram: "query_seconds", threshold: 0.25, type: "nhcb" },
  ],
};

/** The threshold in the metric's own unit: the name says which. */
export function thresholdOf(sli: Latency): number {
  return inUnit(sli.threshold, sli.histogram.metric);
}

function thresholdWords(sli: Latency): string {
  return typeof sli.threshold === "string" ? sli.threshold : `${printNumber(sli.threshold)} (in the metric's unit)`;
}

function classicCounts(sli: Latency, base: Base): Counts {
  const count = { ...sli.histogram, metric: `${sli.histogram.metric}_count` };
  const good = increments({ type: "selector", selector: bucket(sli) }, base);
  return {
    total: increments({ type: "selector", selector: count }, base),
    bad: binary("-", recordedTotal(base), good),
    witness: count,
    broken: [goodIsMissing(base), goodOverTotal(base)],
  };
}

/** The bucket's series: `le` is spelt `1`, `1.0` or `1e+06`, depending on the path by which it came. */
export function bucket(sli: Latency): Selector {
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

/** Native histograms cannot be subtracted into increments: a per-series `increase` is summed and cut at the threshold. */
function nativeCounts(sli: Latency, base: Base): Counts {
  const observed = call("histogram_count", growth(sli, base));
  const share = call("histogram_fraction", number(0), number(thresholdOf(sli)), growth(sli, base));
  const good = binary(">=", binary("*", share, observed), number(0));
  const scaled = (expr: Expr): Expr => perTile(expr, base);
  const none = binary("==", recordedTotal(base), number(0));
  return {
    total: scaled(observed),
    bad: binary("or", binary("-", recordedTotal(base), scaled(good)), none),
    witness: sli.histogram,
    broken: [goodIsMissing(base)],
  };
}

function growth(sli: Latency, base: Base): Expr {
  const recent = offset(over(sli.histogram, rateWindowMs(base)), base.settleMs);
  return sumBy(base.by, call("increase", recent));
}

function perTile(expr: Expr, base: Base): Expr {
  const share = base.intervalMs / rateWindowMs(base);
  return share === 1 ? expr : binary("*", expr, number(share));
}

/** What is above the threshold, by instance: the bucket itself counts the good ones. */
function questions(sli: Latency, base: Base): Question[] {
  return sli.type === "classic" ? classicQuestions(sli, base) : nativeQuestions(sli, base);
}

function classicQuestions(sli: Latency, base: Base): Question[] {
  const count = { type: "selector", selector: { ...sli.histogram, metric: `${sli.histogram.metric}_count` } } as const;
  const all = eventRate(count, base);
  const good = eventRate({ type: "selector", selector: bucket(sli) }, base);
  return [
    shareQuestion(binary("-", all, good), all, "observations"),
    ...targetQuestions(count, base),
    rateQuestion(count, "observations", base),
  ];
}

function nativeQuestions(sli: Latency, base: Base): Question[] {
  const all = sumBy(targetLabels(base), seriesRate(sli.histogram, base));
  const good = call("histogram_fraction", number(0), number(thresholdOf(sli)), all);
  return [
    {
      title: "Bad: where the largest share of observations is bad",
      expr: most(binary(">", binary("-", number(1), good), number(0))),
    },
    ...targetQuestions({ type: "selector", selector: sli.histogram }, base),
    {
      title: `All: where the most observations per second are, of ${selectorWords(sli.histogram)}`,
      expr: most(call("histogram_count", all)),
    },
  ];
}

function history(sli: Latency): History | undefined {
  const labels = witness(sli.histogram.matchers);
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
