/**
 * Exclusions: times in which nothing counts. They are recorded as a series of their own, from the time alone, and
 * what is counted is multiplied with it: a group goes on to be known, with nothing in it.
 *
 * A reading spans some time. Whatever may hold a moment of an exclusion is left out: it begins with the first
 * evaluation that reads of it, and ends with the last.
 */
import { MONDAY } from "../model/occurrences.ts";
import type { Exclusion, Slo } from "../model/service.ts";
import type { Expr, Matching } from "../promql/ast.ts";
import { binary, call, chain, isTrue, number, on, over, selector, subquery, withLabel } from "../promql/build.ts";
import { DAY_MS, HOUR_MS } from "../promql/duration.ts";
import { rateWindowMs } from "../sli/base.ts";
import { kindOf } from "../sli/index.ts";
import { type Measure, tileSelector } from "./measure.ts";
import { idLabels, records } from "./naming.ts";
import type { RecordingRule } from "./plan.ts";

const DAY = 86_400;
const WEEK = 604_800;

/** `slo:excluded`: 1 while nothing counts, otherwise 0. */
export function excludedRule(slo: Slo, measure: Measure): RecordingRule[] {
  if (slo.exclusions.length === 0) return [];
  const terms = slo.exclusions.flatMap((exclusion) => termsOf(exclusion, spanOf(exclusion, slo, measure)));
  const expr = isTrue(">", chain("+", ...terms), number(0));
  return [{ type: "record", record: records.excluded, expr, labels: idLabels(slo) }];
}

/** What is counted, and nothing in an exclusion. */
export function countedOutside(rule: RecordingRule, slo: Slo): RecordingRule {
  if (slo.exclusions.length === 0) return rule;
  const everyGroup: Matching = { ...on(), group: "left" };
  const counts = isTrue("==", selector(records.excluded, idLabels(slo)), number(0));
  return { ...rule, expr: binary("*", rule.expr, counts, everyGroup) };
}

/** The same samples, but none in an exclusion. */
export function unlessExcluded(expr: Expr, slo: Slo): Expr {
  return slo.exclusions.length === 0 ? expr : binary("unless", expr, isExcluded(slo), on());
}

/** The same samples, only in an exclusion or so soon after it. */
export function whileExcluded(expr: Expr, slo: Slo, afterSeconds = 0): Expr {
  return binary("and", expr, isExcluded(slo, afterSeconds), on());
}

/** Groups with traffic in the hour before an exclusion that ended within the hour: it hid how they went. */
export function trafficBefore(slo: Slo, measure: Measure): Expr | undefined {
  if (slo.exclusions.length === 0) return undefined;
  const lookMs = longestSpan(slo, measure) * 1000 + HOUR_MS;
  const series = measure.needsTiles ? tileSelector(measure, "total") : selector(records.total, measure.base.id);
  // Of a long time some looks are enough.
  const past =
    lookMs <= DAY_MS + HOUR_MS
      ? over(series, lookMs)
      : subquery(series, lookMs, Math.ceil(lookMs / LOOKS / 1000) * 1000);
  const seen = call("max_over_time", past);
  const known = measure.needsTiles ? withLabel(seen, "count", "") : seen;
  return whileExcluded(binary(">", known, number(0)), slo, 3600);
}

const LOOKS = 400;

/** The longest time, in seconds, that an exclusion leaves out of the evaluations. */
export function longestSpan(slo: Slo, measure: Measure): number {
  return Math.max(...slo.exclusions.map((exclusion) => spanOf(exclusion, slo, measure).length));
}

/** From which moment after its start an exclusion is in force, and for how long. In seconds. */
export interface Span {
  readonly delay: number;
  readonly length: number;
}

/** What reads the past is excluded as long as it may read of the exclusion. */
export function spanOf(exclusion: Exclusion, { sli, scrapeSeconds }: Slo, measure: Measure): Span {
  const { base, intervalSeconds } = measure;
  const sliced = kindOf(sli).method === "slices";
  const delay = sliced ? 0 : base.settleMs / 1000;
  const slice = "slice" in sli ? sli.slice : 0;
  const reach = Math.max(intervalSeconds + scrapeSeconds, rateWindowMs(base) / 1000, slice);
  return { delay, length: exclusion.seconds + reach };
}

function isExcluded(slo: Slo, afterSeconds = 0): Expr {
  const excluded = selector(records.excluded, idLabels(slo));
  const lately = afterSeconds === 0 ? excluded : call("max_over_time", over(excluded, afterSeconds * 1000));
  return binary("==", lately, number(1));
}

/** Each is 1 while an occurrence lasts, else 0: one sample without labels. */
function termsOf({ occurrences, offsetSeconds }: Exclusion, span: Span): Expr[] {
  const shift = span.delay - offsetSeconds;
  switch (occurrences.type) {
    case "fixed":
      return occurrences.starts.map((start) => call("vector", between(start + shift, start + shift + span.length)));
    case "weekly": {
      const terms = occurrences.starts.map((start) =>
        isTrue("<", sinceEvery(WEEK, MONDAY + start + shift), number(span.length)),
      );
      return [call("vector", chain("+", ...terms))];
    }
    case "monthly":
      return [chain("+", ...onDays(occurrences.day, shift + occurrences.time, span.length))];
  }
}

function between(from: number, to: number): Expr {
  return binary("*", isTrue(">=", call("time"), number(from)), isTrue("<", call("time"), number(to)));
}

/** One term for every day that an occurrence can reach into: each asks whether it began so many days ago. */
function onDays(day: number, shift: number, length: number): Expr[] {
  return Array.from({ length: Math.ceil(length / DAY) }, (_, daysAgo) => {
    const local = call("vector", after(-shift - daysAgo * DAY));
    const stillOn = isTrue("<", sinceEvery(DAY, shift), number(length - daysAgo * DAY));
    return chain("*", isDay(day, local), stillOn);
  });
}

function isDay(day: number, local: Expr): Expr {
  const today = call("day_of_month", local);
  if (day > 0) return isTrue("==", today, number(day));
  return isTrue("==", binary("-", call("days_in_month", local), today), number(-1 - day));
}

/** Seconds since the last of the moments that are a period apart. Forward, since the remainder of a negative number is one. */
function sinceEvery(period: number, moment: number): Expr {
  return binary("%", after(modulo(-moment, period)), number(period));
}

/** Now, moved by so many seconds. */
function after(seconds: number): Expr {
  if (seconds === 0) return call("time");
  return binary(seconds < 0 ? "-" : "+", call("time"), number(Math.abs(seconds)));
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
