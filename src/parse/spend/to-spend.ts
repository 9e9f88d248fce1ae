/** From a budget's fields to the budget: what its service and the platform add, and the defaults. */

import type { Severity } from "../../declare/declaration.ts";
import { calendarPeriod, rolling } from "../../model/period.ts";
import type { Prices, SpendBudget, SpendBurn, SpendMeter, SpendThreshold, TokenCounters } from "../../model/spend.ts";
import { secondsOf } from "../../promql/duration.ts";
import { DAY, HOUR, WEEK } from "../../time/units.ts";
import { utcOffsetSeconds } from "../../time/utc-offset.ts";
import { runbookUrl, type Surroundings } from "../service/surroundings.ts";
import { inKeyOrder } from "../text/labels.ts";
import { isSingleCounter, type PriceFields, pricedTypes } from "./prices.ts";
import type { SpendFields } from "./spend-schema.ts";

/** The budget, ready to compile. */
export function toSpend(fields: SpendFields, around: Surroundings): SpendBudget {
  const { platform, service, path, source } = around;
  const period = periodOf(fields);
  return {
    id: `${service.name}/${fields.name}`,
    service: service.name,
    name: fields.name,
    owner: service.owner,
    description: fields.description,
    kind: fields.kind,
    unit: fields.limit?.unit ?? fields.limitEach?.unit ?? Object.values(fields.limits ?? {})[0]?.unit ?? "dollars",
    meter: meterOf(fields),
    period,
    limit: fields.limit?.amount,
    by: (fields.by ?? []).filter((label) => !platform.identity.includes(label)),
    limits: amounts(fields.limits ?? {}),
    limitEach: fields.limitEach?.amount,
    receivers: inKeyOrder(fields.receivers ?? {}),
    thresholds: thresholdsOf(fields),
    forecast: fields.forecast ?? true,
    burns: burnsOf(fields, period),
    anomaly: anomalyOf(fields),
    requests: fields.requests,
    tokens: fields.tokens,
    unitCost: {
      perRequest: fields.unitCost?.perRequest?.amount,
      per1kTokens: fields.unitCost?.per1kTokens?.amount,
      minRequests: fields.unitCost?.minRequests ?? 100,
    },
    activeUsers: fields.activeUsers,
    labels: { ...service.labels, ...fields.labels },
    runbook: runbookUrl(fields, around),
    scrapeSeconds: service.scrapeInterval ?? platform.scrapeSeconds,
    evaluationSeconds: service.evaluationInterval ?? platform.evaluationSeconds,
    path,
    source,
  };
}

const DEFAULT_THRESHOLDS: readonly SpendThreshold[] = [
  { at: 0.5, severity: "info" },
  { at: 0.8, severity: "ticket" },
  { at: 1, severity: "page" },
];

/**
 * How fast is too fast. Spend follows the day, so the factors lie above what a peak is over the mean: a quarter of a
 * day's limit within an hour, two percent of a month's.
 */
function defaultBurns(periodSeconds: number): SpendBurn[] {
  if (periodSeconds < DAY) return [];
  const [fast, slow] = periodSeconds < WEEK ? [6, 3] : [14.4, 6];
  const longSlow = periodSeconds < WEEK ? 3 * HOUR : 6 * HOUR;
  return [
    { name: "fast", severity: "page", burn: fast, longSeconds: HOUR, shortSeconds: HOUR / 12 },
    { name: "slow", severity: "ticket", burn: slow, longSeconds: longSlow, shortSeconds: longSlow / 12 },
  ];
}

function periodOf({ per, offset }: SpendFields): SpendBudget["period"] {
  return typeof per === "number" ? rolling(per) : calendarPeriod(per, utcOffsetSeconds(offset ?? "+00:00") ?? 0);
}

function amounts(declared: Readonly<Record<string, { readonly amount: number }>>): Record<string, number> {
  return mapValues(inKeyOrder(declared), ({ amount }) => amount);
}

function thresholdsOf({ thresholds }: SpendFields): SpendThreshold[] {
  const declared = (thresholds ?? DEFAULT_THRESHOLDS).map((each) =>
    typeof each === "number"
      ? { at: each, severity: usualSeverity(each) }
      : { at: each.at, severity: each.severity ?? usualSeverity(each.at) },
  );
  return declared.sort((a, b) => a.at - b.at);
}

/** What a threshold is worth where nobody says otherwise. */
export function usualSeverity(at: number): Severity {
  if (at >= 1) return "page";
  return at >= 0.8 ? "ticket" : "info";
}

function burnsOf({ burn }: SpendFields, { seconds }: SpendBudget["period"]): readonly SpendBurn[] {
  if (burn === false) return [];
  if (burn === undefined) return defaultBurns(seconds);
  return burn.map(({ long, short, ...same }) => ({
    ...same,
    longSeconds: secondsOf(long),
    shortSeconds: secondsOf(short),
  }));
}

function anomalyOf({ anomaly }: SpendFields): SpendBudget["anomaly"] {
  if (!anomaly) return undefined;
  return { ratio: anomaly.ratio ?? 0.5, atLeast: anomaly.atLeast?.amount, severity: anomaly.severity ?? "ticket" };
}

/** The schema has seen to it that one of the two is there. */
function meterOf({ metric, prices }: SpendFields): SpendMeter {
  if (metric) return { type: "metric", metric };
  return { type: "prices", prices: toPrices(prices as PriceFields) };
}

function toPrices(fields: PriceFields): Prices {
  const { tokens, model, type, within = {} } = fields;
  const counters: TokenCounters = isSingleCounter(tokens)
    ? { type: "labelled", metric: tokens }
    : { type: "separate", metrics: inKeyOrder(tokens) };
  return {
    modelLabel: model,
    typeLabel: type ?? "type",
    counters,
    perToken: perToken(fields),
    wholeTypes: pricedTypes(fields).filter((name) => within[name] === undefined),
  };
}

function perToken({ models, per, within = {} }: PriceFields): Prices["perToken"] {
  const tokens = per === "1k" ? 1000 : 1_000_000;
  return mapValues(inKeyOrder(models), (types) =>
    mapValues(inKeyOrder(types), ({ amount }, type) => (amount - (types[within[type] ?? ""]?.amount ?? 0)) / tokens),
  );
}

function mapValues<T, U>(fields: Readonly<Record<string, T>>, map: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, map(value, key)]));
}
