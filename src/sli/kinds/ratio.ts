/** A ratio that exists already. It is averaged over time: a quiet night weighs as much as a busy day. */
import { z } from "zod";
import { aggregate, binary, number, sumBy } from "../../promql/build.ts";
import { type Base, sliceValues, valueNow } from "../counting/base.ts";
import { DEFAULT_SLICE_SECONDS, gaugeHistory, mean, sliceCounts } from "../counting/slices.ts";
import { most, targetQueries } from "../debug-queries.ts";
import { sliceSchema } from "../duration.ts";
import { fault } from "../fault.ts";
import type { Counts, SliKind } from "../kind.ts";
import { metricSchema, type ParsedMetric } from "../metric.ts";
import { metricWords } from "../words.ts";

const schema = z
  .strictObject({
    kind: z.literal("ratio"),
    good: metricSchema.optional(),
    bad: metricSchema.optional(),
    slice: sliceSchema.default(DEFAULT_SLICE_SECONDS),
  })
  .refine((sli) => (sli.good === undefined) !== (sli.bad === undefined), {
    error: "ratio needs `good` or `bad`, and not both",
    params: fault("missing-field", "Give the metric that holds the good ratio, or the one that holds the bad one."),
  });

type Ratio = z.output<typeof schema>;

export const ratio: SliKind<Ratio> = {
  schema,
  method: "slices",
  reads: "ratio",
  countsFailures: false,
  partlyBad: true,
  inexact: () => [["ratio", "averaged over time, not weighted by events"]],
  counts,
  words: (sli) => ({
    good: `the mean over time of ${metricWords(metric(sli))}${sli.good ? "" : ", taken from 1"}`,
    bad: `the mean over time of ${sli.good ? "1 less " : ""}${metricWords(metric(sli))}`,
    unit: "slices",
    symptom: "quality",
  }),
  history: (sli) => {
    const [good, bad] = sli.good ? [1, 0] : [0, 1];
    const judge = (readings: readonly number[]): number => Math.abs(mean(readings) - good);
    return gaugeHistory(metric(sli), { good, bad, as: "value", overSeconds: sli.slice, judge });
  },
  debugQueries: (sli, base) => {
    const own = metric(sli);
    const value = valueNow(own, base);
    const bad = sli.good ? binary("-", number(1), value) : value;
    return [
      { title: `Bad: the largest bad shares now, by ${metricWords(own)}`, expr: most(bad), where: true },
      ...targetQueries(own, base),
      { title: `All: the values of ${metricWords(own)} now`, expr: value },
    ];
  },
  examples: [
    { kind: "ratio", good: "probe:success_ratio" },
    { kind: "ratio", bad: 'app:error_ratio{env="prod"}', slice: "2m" },
    { kind: "ratio", good: { promql: "avg(app:ok_ratio)" } },
  ],
};

function counts(sli: Ratio, base: Base): Counts {
  const values = binary("<", sliceValues(metric(sli), sli.slice, base), number(Number.POSITIVE_INFINITY));
  const bad = sumBy(base.by, sli.good ? binary("-", number(1), values) : values);
  const judged = { metric: metric(sli), sliceSeconds: sli.slice, slices: aggregate("count", base.by, values), bad };
  return { ...sliceCounts(judged, base), unbounded: true };
}

function metric(sli: Ratio): ParsedMetric {
  return (sli.good ?? sli.bad) as ParsedMetric;
}
