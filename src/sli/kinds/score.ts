/** The mean score as a share of the best one: satisfaction, accuracy, evaluation scores. */

import { z } from "zod";
import { binary, number } from "../../promql/build.ts";
import { printNumber } from "../../promql/number.ts";
import type { Base } from "../counting/base.ts";
import { gained, gainWords } from "../counting/gain.ts";
import { selectorOf } from "../counting/slices.ts";
import { selectorsOf } from "../counting/sums.ts";
import { eventRate, rateQuery, shareQuery, targetQueries } from "../debug-queries.ts";
import type { Counts, SliKind } from "../kind.ts";
import { metricSchema } from "../metric.ts";
import { sampleLabels } from "../sample-labels.ts";
import { metricWords } from "../words.ts";

const schema = z.strictObject({
  kind: z.literal("score"),
  sum: metricSchema,
  count: metricSchema,
  max: z.number().positive().default(1),
});

type Score = z.output<typeof schema>;

export const score: SliKind<Score> = {
  schema,
  method: "events",
  countsFailures: false,
  counts,
  words: (sli) => ({
    good: `the mean of ${metricWords(sli.sum)} over ${metricWords(sli.count)}, as a share of ${sli.max}`,
    bad: `what is missing to a mean of ${sli.max}`,
    unit: "scores",
    symptom: "quality",
  }),
  history: (sli) => {
    const sum = selectorOf(sli.sum);
    const count = selectorOf(sli.count);
    const sumLabels = sum && sampleLabels(sum.matchers);
    const countLabels = count && sampleLabels(count.matchers);
    if (!sum || !count || !sumLabels || !countLabels) return undefined;
    return {
      type: "counters",
      series: [
        { metric: count.metric, labels: countLabels, perGood: 1, perBad: 1 },
        { metric: sum.metric, labels: sumLabels, perGood: sli.max, perBad: 0 },
      ],
    };
  },
  debugQueries: (sli, base) => {
    const by = sli.sum.type === "selector" && sli.count.type === "selector" ? undefined : base.by;
    const [sum, count] = [eventRate(sli.sum, base, by), eventRate(sli.count, base, by)];
    const missing = binary("-", count, sli.max === 1 ? sum : binary("/", sum, number(sli.max)));
    return [
      { ...shareQuery(missing, count, "scores"), title: "Bad: where the most is missing to the best mean score" },
      ...targetQueries(sli.count, base),
      rateQuery(sli.count, "scores", base),
    ];
  },
  examples: [
    { kind: "score", sum: "eval_score_sum", count: "eval_score_count" },
    { kind: "score", sum: "stars_total", count: "ratings_total", max: 5 },
  ],
};

function counts(sli: Score, base: Base): Counts {
  const sum = gained(sli.sum, base, sli.count);
  return {
    total: gained(sli.count, base),
    part: { of: "good", expr: sli.max === 1 ? sum : binary("/", sum, number(sli.max)) },
    totalSeries: selectorOf(sli.count),
    counters: selectorsOf(sli.count),
    apart: true,
    comments: {
      total: gainWords(sli.count, base),
      part: `Good is the sum of the scores${sli.max === 1 ? "" : `, as a share of the best one, ${printNumber(sli.max)}`}.`,
    },
  };
}
