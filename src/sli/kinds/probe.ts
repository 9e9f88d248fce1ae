/** Time slices in which a 0/1 gauge is 1: `up`, `probe_success`. */
import { z } from "zod";
import { aggregate, isTrue, number, sumBy } from "../../promql/build.ts";
import { sliceValues } from "../counting/base.ts";
import { DEFAULT_SLICE_SECONDS, gaugeHistory, judgeMean, sliceCounts, sliceWords } from "../counting/slices.ts";
import { targetQueries, valueQueries } from "../debug-queries.ts";
import { sliceSchema } from "../duration.ts";
import type { SliKind } from "../kind.ts";
import { metricSchema } from "../metric.ts";
import { metricWords } from "../words.ts";

const schema = z.strictObject({
  kind: z.literal("probe"),
  metric: metricSchema,
  slice: sliceSchema.default(DEFAULT_SLICE_SECONDS),
});

type Probe = z.output<typeof schema>;

export const probe: SliKind<Probe> = {
  schema,
  method: "slices",
  reads: "probe",
  withoutData: "bad",
  counts: (sli, base) => {
    const values = sliceValues(sli.metric, sli.slice, base);
    const failed = sumBy(base.by, isTrue("<", values, number(1)));
    return sliceCounts(
      { metric: sli.metric, sliceSeconds: sli.slice, slices: aggregate("count", base.by, values), bad: failed },
      base,
    );
  },
  words: (sli) => ({
    good: sliceWords(sli.slice, `${metricWords(sli.metric)} is 1`),
    bad: sliceWords(sli.slice, `${metricWords(sli.metric)} is not 1`),
    unit: "slices",
    symptom: "availability",
  }),
  history: (sli) =>
    gaugeHistory(sli.metric, {
      good: 1,
      bad: 0,
      as: "value",
      overSeconds: sli.slice,
      judge: judgeMean((mean) => mean < 1),
    }),
  debugQueries: (sli, base) => {
    const [bad, all] = valueQueries(sli.metric, { op: "<", bound: 1 }, base);
    return [bad, ...targetQueries(sli.metric, base), all];
  },
  examples: [
    { kind: "probe", metric: 'probe_success{job="blackbox"}' },
    { kind: "probe", metric: "up", slice: "2m" },
  ],
};
