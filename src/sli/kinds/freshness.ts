/** Time slices in which the last success is young enough: batch jobs, training, indexing. */
import { z } from "zod";
import type { Expr } from "../../promql/ast.ts";
import { aggregate, binary, call, isTrue, number } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { DAY } from "../../time/units.ts";
import { valueNow } from "../counting/base.ts";
import { DEFAULT_SLICE_SECONDS, gaugeHistory, sliceCounts, sliceWords } from "../counting/slices.ts";
import { most, targetQueries } from "../debug-queries.ts";
import { secondsSchema, sliceSchema } from "../duration.ts";
import type { SliKind } from "../kind.ts";
import { metricSchema } from "../metric.ts";
import { metricWords } from "../words.ts";

const schema = z.strictObject({
  kind: z.literal("freshness"),
  timestamp: metricSchema,
  maxAge: secondsSchema,
  slice: sliceSchema.default(DEFAULT_SLICE_SECONDS),
});

type Freshness = z.output<typeof schema>;

export const freshness: SliKind<Freshness> = {
  schema,
  method: "slices",
  reads: "time",
  withoutData: "bad",
  counts: (sli, base) => {
    const newest = aggregate("max", base.by, valueNow(sli.timestamp, base));
    const stale = isTrue(">", binary("-", call("time"), newest), number(sli.maxAge));
    return sliceCounts(
      { metric: sli.timestamp, sliceSeconds: sli.slice, slices: aggregate("group", base.by, newest), bad: stale },
      base,
    );
  },
  words: (sli) => ({
    good: sliceWords(sli.slice, `${metricWords(sli.timestamp)} is at most ${printSeconds(sli.maxAge)} old`),
    bad: sliceWords(sli.slice, `${metricWords(sli.timestamp)} is older than ${printSeconds(sli.maxAge)}`),
    unit: "slices",
    symptom: "staleness",
  }),
  history: (sli) =>
    gaugeHistory(sli.timestamp, {
      good: 0,
      bad: sli.maxAge + DAY,
      as: "age",
      overSeconds: 0,
      judge: ([age = 0]) => (age > sli.maxAge ? 1 : 0),
    }),
  debugQueries: (sli, base) => {
    const age = (of: Expr): Expr => binary("-", call("time"), of);
    const [each, newest] = [valueNow(sli.timestamp, base), aggregate("max", base.by, valueNow(sli.timestamp, base))];
    return [
      {
        title: `Bad: what is older than ${printSeconds(sli.maxAge)}, in seconds`,
        expr: most(binary(">", age(newest), number(sli.maxAge))),
      },
      ...targetQueries(sli.timestamp, base),
      { title: `All: the oldest of ${metricWords(sli.timestamp)}, in seconds`, expr: most(age(each)), where: true },
    ];
  },
  examples: [
    { kind: "freshness", timestamp: "index_last_success_timestamp_seconds", maxAge: "6h" },
    { kind: "freshness", timestamp: 'batch_last_success{job="etl"}', maxAge: "90m", slice: "2m" },
  ],
};
