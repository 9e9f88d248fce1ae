/** Good and bad events: requests, jobs, messages. */
import { z } from "zod";
import type { Expr } from "../promql/ast.ts";
import { binary, call, number, on, selector, subquery } from "../promql/build.ts";
import { DAY_MS, HOUR_MS } from "../promql/duration.ts";
import { type Base, recordName } from "./base.ts";
import { gained, gainWords, zeroWhere } from "./gain.ts";
import type { CounterSeries, Counts, History, SliKind } from "./kind.ts";
import { fault, metricSchema, type ParsedMetric } from "./metric.ts";
import {
  eventRate,
  most,
  type Question,
  rateQuestion,
  seriesRate,
  shareQuestion,
  targetQuestions,
} from "./questions.ts";
import { selectorOf } from "./slices.ts";
import { isPartOf, sameMetric, witness } from "./witness.ts";
import { countedWords, metricWords, othersWords } from "./words.ts";

const schema = z
  .strictObject({
    kind: z.literal("events"),
    total: metricSchema,
    bad: metricSchema.optional(),
    good: metricSchema.optional(),
  })
  .refine((sli) => (sli.bad === undefined) !== (sli.good === undefined), {
    error: "events needs `bad` or `good`, and not both",
    params: fault("missing-field", "Give the metric that counts bad events, or the one that counts good ones."),
  });

type Events = z.output<typeof schema>;

export const events: SliKind<Events> = {
  schema,
  method: "events",
  counts,
  words: (sli) => ({
    good: sli.bad ? othersWords(sli.total, sli.bad) : countedWords(sli.good as ParsedMetric),
    bad: sli.bad ? countedWords(sli.bad) : othersWords(sli.total, sli.good as ParsedMetric),
    unit: "events",
    symptom: "errors",
  }),
  history,
  questions,
  examples: [
    { kind: "events", total: "http_requests_total", bad: 'http_requests_total{code=~"5.."}' },
    { kind: "events", total: "jobs_finished_total", good: "jobs_succeeded_total" },
    { kind: "events", total: 'rpc_total{job="api"}', bad: 'rpc_errors_total{job="api"}' },
    {
      kind: "events",
      total: { promql: "sum(rate(a_total[$window]))" },
      bad: { promql: "sum(rate(a_errors_total[$window]))" },
    },
  ],
};

/** Missing bad series are zero, with the total's own labels; missing good ones are zero where good was counted within the day. */
function counts(sli: Events, base: Base): Counts {
  const part = sli.bad ? badOf(sli.bad, sli.total, base) : goodOf(sli.good as ParsedMetric, sli.total, base);
  return {
    total: gained(sli.total, base),
    part,
    witness: selectorOf(sli.total),
    ...(isWithin(sli) ? {} : { apart: true }),
    comments: { total: gainWords(sli.total, base), part: missingWords[part.of] },
  };
}

function isWithin({ total, bad, good }: Events): boolean {
  const part = bad ?? good;
  return total.type === "selector" && part?.type === "selector" && isPartOf(total.selector, part.selector);
}

function badOf(bad: ParsedMetric, total: ParsedMetric, base: Base): Counts["part"] {
  return { of: "bad", expr: binary("or", gained(bad, base, total), zeroWhere(total, base)) };
}

/** A metric that was never there is misspelt, and no outage. */
function goodOf(good: ParsedMetric, total: ParsedMetric, base: Base): Counts["part"] {
  const recorded = selector(base.goodRecord ?? recordName("good:increase", base), base.id);
  const known = call("last_over_time", subquery(recorded, DAY_MS, HOUR_MS));
  const none = binary("and", zeroWhere(total, base), known, on());
  return { of: "good", expr: binary("or", gained(good, base, total), none) };
}

const missingWords = {
  bad: "Where nothing bad is counted it is 0, for every group that has a total.",
  good: "Where nothing good is counted it is 0, if good was counted within the day: a metric that never was is misspelt.",
} as const;

/** The share by instance, then the single series of bad events: they have the codes and routes. */
function questions(sli: Events, base: Base): Question[] {
  const part = (sli.bad ?? sli.good) as ParsedMetric;
  // By instance, or by the labels of the expression where one of the two is one.
  const by = sli.total.type === "selector" && part.type === "selector" ? undefined : base.by;
  const [all, counted] = [eventRate(sli.total, base, by), eventRate(part, base, by)];
  return [
    shareQuestion(sli.bad ? counted : without(counted, all), all, "events"),
    ...worstSeries(sli.bad, base),
    ...targetQuestions(sli.total, base),
    rateQuestion(sli.total, "events", base),
  ];
}

/** Where no good event is counted, all are bad. */
function without(good: Expr, all: Expr): Expr {
  return binary("-", all, binary("or", good, binary("*", all, number(0))));
}

function worstSeries(bad: ParsedMetric | undefined, base: Base): Question[] {
  if (bad?.type !== "selector") return [];
  const rates = binary(">", seriesRate(bad.selector, base), number(0));
  return [{ title: `Bad: series with the most events per second, of ${metricWords(bad)}`, expr: most(rates) }];
}

function history(sli: Events): History | undefined {
  const part = sli.bad ?? sli.good;
  if (sli.total.type !== "selector" || part?.type !== "selector") return undefined;
  const series = sameMetric(sli.total.selector, part.selector)
    ? partOfTotal(sli.total.selector.metric, sli.total.selector.matchers, part.selector.matchers)
    : besideTotal(sli.total.selector, part.selector);
  return series && { type: "counters", series: sli.bad ? series : series.map(swap) };
}

type Matchers = Parameters<typeof witness>[0];
type Part = { readonly metric: string; readonly matchers: Matchers };

/** One metric: a series inside the part, and one that is only in the total. */
function partOfTotal(metric: string, total: Matchers, part: Matchers): CounterSeries[] | undefined {
  const inside = witness([...total, ...part]);
  const outside = witness(total, part);
  if (!inside || !outside) return undefined;
  return [
    { metric, labels: outside, perGood: 1, perBad: 0 },
    { metric, labels: inside, perGood: 0, perBad: 1 },
  ];
}

function besideTotal(total: Part, part: Part): CounterSeries[] | undefined {
  const all = witness(total.matchers);
  const some = witness(part.matchers);
  if (!all || !some) return undefined;
  return [
    { metric: total.metric, labels: all, perGood: 1, perBad: 1 },
    { metric: part.metric, labels: some, perGood: 0, perBad: 1 },
  ];
}

function swap(series: CounterSeries): CounterSeries {
  return { ...series, perGood: series.perBad, perBad: series.perGood };
}
