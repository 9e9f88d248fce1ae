/** Good and bad events: requests, jobs, messages. */
import { z } from "zod";
import type { Expr } from "../../promql/ast.ts";
import { binary, call, chain, number, on, selector, subquery } from "../../promql/build.ts";
import { DAY_MS, HOUR_MS } from "../../time/units.ts";
import { type Base, recordName } from "../counting/base.ts";
import { eventHistory } from "../counting/event-history.ts";
import { gained, gainWords, zeroWhere } from "../counting/gain.ts";
import { selectorOf } from "../counting/slices.ts";
import {
  addedUp,
  counterRecords,
  distinct,
  isSame,
  metricsOf,
  selectorsOf,
  together,
  zeroBeside,
} from "../counting/sums.ts";
import {
  type DebugQuery,
  eventRate,
  most,
  rateQuery,
  seriesRate,
  shareQuery,
  targetQueries,
} from "../debug-queries.ts";
import { fault } from "../fault.ts";
import type { Counts, SliKind } from "../kind.ts";
import { type Counted, countedSchema, type ParsedMetric } from "../metric.ts";
import { isPartOf } from "../sample-labels.ts";
import { countedWords, metricWords, othersWords } from "../words.ts";

const schema = z
  .strictObject({
    kind: z.literal("events"),
    total: countedSchema.optional(),
    bad: countedSchema.optional(),
    good: countedSchema.optional(),
  })
  .refine((sli) => sli.bad !== undefined || sli.good !== undefined, {
    error: "events needs `bad` or `good`",
    params: fault("missing-field", "Give the metric that counts bad events, or the one that counts good ones."),
  })
  .refine((sli) => sli.total !== undefined || (sli.bad === undefined) === (sli.good === undefined), {
    path: ["total"],
    error: "`total` is missing",
    params: fault(
      "missing-field",
      "Give the metric that counts all events, or both `good` and `bad`, of which the total is the sum.",
    ),
  })
  .refine((sli) => sli.total === undefined || sli.bad === undefined || sli.good === undefined, {
    error: "events has `total`, `bad` and `good`, of which two say it all",
    params: fault("bad-value", "Leave one out: without `total`, the sum of `good` and `bad` is all."),
  });

export type Events = z.output<typeof schema>;

export const events: SliKind<Events> = {
  schema,
  method: "events",
  counts,
  words: (sli) => ({
    good: sli.good ? countedWords(sli.good) : othersWords(wholeOf(sli), partOf(sli)),
    bad: sli.bad ? countedWords(sli.bad) : othersWords(wholeOf(sli), partOf(sli)),
    unit: "events",
    symptom: "errors",
  }),
  history: (sli) => eventHistory(wholeOf(sli), partOf(sli), sli.bad !== undefined),
  declaredCounts: (sli) => sli,
  debugQueries,
  examples: [
    { kind: "events", total: "http_requests_total", bad: 'http_requests_total{code=~"5.."}' },
    { kind: "events", total: "jobs_finished_total", good: "jobs_succeeded_total" },
    { kind: "events", total: 'rpc_total{job="api"}', bad: 'rpc_errors_total{job="api"}' },
    { kind: "events", good: 'jobs_ok_total{job="api"}', bad: 'jobs_failed_total{job="api"}' },
    { kind: "events", total: ["reads_total", "writes_total"], bad: ["reads_failed_total", "writes_failed_total"] },
    { kind: "events", total: ["cache_hits_total", 'cache_misses_total{job="api"}'], good: "cache_hits_total" },
    {
      kind: "events",
      total: { promql: "sum(rate(a_total[$window]))" },
      bad: { promql: "sum(rate(a_errors_total[$window]))" },
    },
  ],
};

/** All events: of successes and failures, their sum. */
function wholeOf({ total, good, bad }: Events): Counted {
  return total ?? { type: "sum", of: [good, bad].flatMap((each) => (each ? metricsOf(each) : [])) };
}

/** What is counted beside the total. */
function partOf({ bad, good }: Events): Counted {
  return (bad ?? good) as Counted;
}

/** Missing bad series are zero, with the total's own labels; missing good ones are zero where good was counted within the day. */
function counts(sli: Events, base: Base): Counts {
  const [whole, part] = [wholeOf(sli), partOf(sli)];
  if (whole.type === "sum" || part.type === "sum") return sumCounts(sli, base);
  return {
    total: gained(whole, base),
    part: sli.bad ? badOf(part, whole, base) : goodOf(gained(part, base, whole), zeroWhere(whole, base), base),
    totalSeries: selectorOf(whole),
    counters: selectorsOf(whole),
    ...(isWithin(whole, part) ? {} : { apart: true }),
    comments: { total: gainWords(whole, base), part: missingWords[sli.bad ? "bad" : "good"] },
  };
}

/** Where one of the two is a sum, every counter is counted by itself first. */
function sumCounts(sli: Events, base: Base): Counts {
  const [whole, part] = [wholeOf(sli), partOf(sli)];
  const counters = distinct([...metricsOf(whole), ...metricsOf(part)]);
  const zero = zeroBeside(whole, counters, base);
  const own = addedUp(part, counters, base);
  const isAmong = metricsOf(part).every((each) => metricsOf(whole).some((other) => isSame(each, other)));
  const allTotalSeries = together(whole);
  return {
    before: counterRecords(counters, whole, base),
    total: addedUp(whole, counters, base),
    part: sli.bad ? { of: "bad", expr: binary("or", own, zero) } : goodOf(own, zero, base),
    totalSeries: selectorsOf(whole)[0],
    ...(allTotalSeries && { allTotalSeries }),
    counters: selectorsOf({ type: "sum", of: counters }),
    ...(isAmong ? {} : { apart: true }),
    comments: {
      total: "What was counted an evaluation ago, added up: no rule needs what another has just written.",
      part: missingWords[sli.bad ? "bad" : "good"],
    },
  };
}

function isWithin(total: ParsedMetric, part: ParsedMetric): boolean {
  return total.type === "selector" && part.type === "selector" && isPartOf(total.selector, part.selector);
}

function badOf(bad: ParsedMetric, total: ParsedMetric, base: Base): Counts["part"] {
  return { of: "bad", expr: binary("or", gained(bad, base, total), zeroWhere(total, base)) };
}

/** A metric that was never there is misspelt, and no outage. */
function goodOf(good: Expr, zero: Expr, base: Base): Counts["part"] {
  const recorded = selector(base.goodRecord ?? recordName("good:increase", base), base.id);
  const known = call("last_over_time", subquery(recorded, DAY_MS, HOUR_MS));
  return { of: "good", expr: binary("or", good, binary("and", zero, known, on())) };
}

const missingWords = {
  bad: "Where nothing bad is counted it is 0, for every group that has a total.",
  good: "Where nothing good is counted it is 0, if good was counted within the day: a metric that never was is misspelt.",
} as const;

/** The share by instance, then the single series of bad events: they have the codes and routes. */
function debugQueries(sli: Events, base: Base): DebugQuery[] {
  const [whole, part] = [wholeOf(sli), partOf(sli)];
  // By instance, or by the labels of the expression where one of the two is one.
  const plain = [...metricsOf(whole), ...metricsOf(part)].every(({ type }) => type === "selector");
  const rate = (of: Counted): Expr => rateOf(of, base, plain ? undefined : base.by);
  const [all, counted] = [rate(whole), rate(part)];
  return [
    shareQuery(sli.bad ? counted : without(counted, all), all, "events"),
    ...(sli.bad ? metricsOf(sli.bad).flatMap((each) => worstSeries(each, base)) : []),
    ...targetQueries(metricsOf(whole)[0] as ParsedMetric, base),
    ...metricsOf(whole).map((each) => rateQuery(each, "events", base)),
  ];
}

/** Several are added up, also where only some of them are there. */
function rateOf(counted: Counted, base: Base, by: readonly string[] | undefined): Expr {
  const rates = metricsOf(counted).map((each) => eventRate(each, base, by));
  return rates.reduce((sum, each) => chain("or", binary("+", sum, each), sum, each));
}

/** Where no good event is counted, all are bad. */
function without(good: Expr, all: Expr): Expr {
  return binary("-", all, binary("or", good, binary("*", all, number(0))));
}

function worstSeries(bad: ParsedMetric, base: Base): DebugQuery[] {
  if (bad.type !== "selector") return [];
  const rates = binary(">", seriesRate(bad.selector, base), number(0));
  return [{ title: `Bad: series with the most events per second, of ${metricWords(bad)}`, expr: most(rates) }];
}
