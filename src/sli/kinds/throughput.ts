/** Time slices with at least, or at most, so many per second: tokens, requests, jobs. */
import { z } from "zod";
import type { Expr } from "../../promql/ast.ts";
import { aggregate, binary, call, isTrue, number, over, sumBy } from "../../promql/build.ts";
import { printNumber } from "../../promql/number.ts";
import { type Base, withWindow } from "../counting/base.ts";
import { DEFAULT_SLICE_SECONDS, gaugeHistory, judgeMean, sliceCounts, sliceWords } from "../counting/slices.ts";
import { eventRate, least, most, targetQueries } from "../debug-queries.ts";
import { sliceSchema } from "../duration.ts";
import { fault } from "../fault.ts";
import type { SliKind } from "../kind.ts";
import { metricSchema } from "../metric.ts";
import { metricWords } from "../words.ts";

const schema = z
  .strictObject({
    kind: z.literal("throughput"),
    metric: metricSchema,
    atLeast: z.number().positive().optional(),
    atMost: z.number().positive().optional(),
    slice: sliceSchema.default(DEFAULT_SLICE_SECONDS),
  })
  .refine((sli) => (sli.atLeast === undefined) !== (sli.atMost === undefined), {
    error: "throughput needs `atLeast` or `atMost`, and not both",
    params: fault("missing-field", "Give the floor, or the ceiling, in units per second."),
  });

type Throughput = z.output<typeof schema>;

export const throughput: SliKind<Throughput> = {
  schema,
  method: "slices",
  counts: (sli, base) => {
    const rate = perSecond(sli, base);
    const bad = isTrue(sli.atLeast === undefined ? ">" : "<", rate, number(bound(sli)));
    return sliceCounts(
      { metric: sli.metric, sliceSeconds: sli.slice, slices: aggregate("group", base.by, rate), bad },
      base,
    );
  },
  words: (sli) => ({
    good: sliceWords(sli.slice, condition(sli, sli.atLeast === undefined ? "at most" : "at least")),
    bad: sliceWords(sli.slice, condition(sli, sli.atLeast === undefined ? "more than" : "less than")),
    unit: "slices",
    symptom: "throughput",
  }),
  history: (sli, base) => {
    const [good, bad] = sli.atLeast === undefined ? [0, 2 * bound(sli)] : [5 * bound(sli), 0];
    return gaugeHistory(sli.metric, {
      good,
      bad,
      as: "rate",
      overSeconds: windowSeconds(sli, base),
      judge: judgeMean((rate) => !holds(rate, sli)),
    });
  },
  debugQueries: (sli, base) => {
    const [op, rank, extreme] =
      sli.atLeast === undefined ? ([">", most, "most"] as const) : (["<", least, "least"] as const);
    return [
      {
        title: `Bad: where ${condition(sli, sli.atLeast === undefined ? "more than" : "less than")}`,
        expr: rank(binary(op, perSecond(sli, base), number(bound(sli)))),
      },
      ...targetQueries(sli.metric, base),
      {
        title: `All: where ${metricWords(sli.metric)} counts the ${extreme} per second`,
        expr: rank(eventRate(sli.metric, base)),
        where: true,
      },
    ];
  },
  examples: [
    { kind: "throughput", metric: "tokens_generated_total", atLeast: 100 },
    { kind: "throughput", metric: 'requests_total{job="api"}', atMost: 1000, slice: "2m" },
  ],
};

/** The group's rate over the slice, and over no less than four scrapes. */
function perSecond(sli: Throughput, base: Base): Expr {
  const windowMs = windowSeconds(sli, base) * 1000;
  if (sli.metric.type === "promql") return sumBy(base.by, withWindow(sli.metric.text, windowMs));
  return sumBy(base.by, call("rate", over(sli.metric.selector, windowMs)));
}

function windowSeconds(sli: Throughput, base: Base): number {
  return Math.max(sli.slice, (4 * base.scrapeMs) / 1000);
}

function holds(rate: number, { atLeast, atMost }: Throughput): boolean {
  return rate >= (atLeast ?? 0) && rate <= (atMost ?? Number.POSITIVE_INFINITY);
}

function bound(sli: Throughput): number {
  return sli.atLeast ?? sli.atMost ?? 0;
}

function condition(sli: Throughput, words: string): string {
  return `${metricWords(sli.metric)} counts ${words} ${printNumber(bound(sli))} per second`;
}
