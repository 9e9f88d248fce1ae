/** Time slices in which a gauge keeps to a bound: saturation, drift, queue depth, replicas. */
import { z } from "zod";
import type { BinaryOp } from "../../promql/ast.ts";
import { aggregate, isTrue, number, sumBy } from "../../promql/build.ts";
import { printNumber } from "../../promql/number.ts";
import { sliceValues } from "../counting/base.ts";
import { DEFAULT_SLICE_SECONDS, gaugeHistory, judgeMean, sliceCounts, sliceWords } from "../counting/slices.ts";
import { targetQueries, valueQueries } from "../debug-queries.ts";
import { sliceSchema } from "../duration.ts";
import type { SliKind } from "../kind.ts";
import { metricSchema } from "../metric.ts";
import { metricWords } from "../words.ts";

const schema = z.strictObject({
  kind: z.literal("gauge"),
  metric: metricSchema,
  op: z.enum(["<", "<=", ">", ">=", "==", "!="]),
  threshold: z.number(),
  slice: sliceSchema.default(DEFAULT_SLICE_SECONDS),
});

type Gauge = z.output<typeof schema>;

export const gauge: SliKind<Gauge> = {
  schema,
  method: "slices",
  reads: "gauge",
  counts: (sli, base) => {
    const values = sliceValues(sli.metric, sli.slice, base);
    const broken = sumBy(base.by, isTrue(INVERSE[sli.op], values, number(sli.threshold)));
    return sliceCounts(
      { metric: sli.metric, sliceSeconds: sli.slice, slices: aggregate("count", base.by, values), bad: broken },
      base,
    );
  },
  words: (sli) => ({
    good: sliceWords(sli.slice, condition(sli, sli.op)),
    bad: sliceWords(sli.slice, condition(sli, INVERSE[sli.op])),
    unit: "slices",
    symptom: "saturation",
  }),
  history: (sli) => {
    const [good, bad] = shownValues(sli);
    return gaugeHistory(sli.metric, {
      good,
      bad,
      as: "value",
      overSeconds: sli.slice,
      judge: judgeMean((mean) => !holds(mean, sli)),
    });
  },
  debugQueries: (sli, base) => {
    const [bad, all] = valueQueries(sli.metric, { op: INVERSE[sli.op], bound: sli.threshold }, base);
    return [bad, ...targetQueries(sli.metric, base), all];
  },
  examples: [
    { kind: "gauge", metric: "queue_depth", op: "<=", threshold: 10 },
    { kind: "gauge", metric: 'replicas_available{job="kube"}', op: ">=", threshold: 3, slice: "2m" },
    { kind: "gauge", metric: { promql: "sum(queue_depth)" }, op: "<", threshold: 100 },
  ],
};

const INVERSE = { "<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "==" } as const satisfies Record<
  string,
  BinaryOp
>;

function condition(sli: Gauge, op: BinaryOp): string {
  return `${metricWords(sli.metric)} ${op} ${printNumber(sli.threshold)}`;
}

/** A value that holds and one that does not. */
function shownValues({ op, threshold }: Gauge): [good: number, bad: number] {
  const closed = op.includes("=") && op !== "!=";
  const inside = closed ? threshold : op === "<" ? threshold - 1 : threshold + 1;
  const outside = op.startsWith("<") || op === "==" ? threshold + 1 : op === "!=" ? threshold : threshold - 1;
  return [inside, outside];
}

function holds(value: number, { op, threshold }: Gauge): boolean {
  switch (op) {
    case "<":
      return value < threshold;
    case "<=":
      return value <= threshold;
    case ">":
      return value > threshold;
    case ">=":
      return value >= threshold;
    case "==":
      return value === threshold;
    case "!=":
      return value !== threshold;
  }
}
