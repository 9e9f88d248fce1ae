/**
 * Exclusions: times in which nothing counts. Recorded from the clock alone: 1 while what is counted may hold something of
 * one, else 0. A reading spans some time, so it begins with the first evaluation that reads of it, and ends with the last.
 */

import { eventSlices } from "../../../model/budgeting.ts";
import type { Exclusion, Slo } from "../../../model/service.ts";
import type { Expr } from "../../../promql/ast.ts";
import { aggregate, binary, call, chain, number, offset, on, selector } from "../../../promql/build.ts";
import { kindOf } from "../../../sli/index.ts";
import { readingOf } from "../../../sli/reading.ts";
import { FIRST_MONDAY } from "../../../time/calendar-days.ts";
import { DAY, WEEK } from "../../../time/units.ts";
import { idLabels, records } from "../../names.ts";
import type { RecordingRule } from "../../plan.ts";
import type { SloContext } from "../alert.ts";
import type { SloMeasurement } from "../slo-measurement.ts";

/** `slo:excluded`. Many dates make several rules, so that each can be read. */
export function excludedRules({ slo, measurement }: SloContext): RecordingRule[] {
  const lines = slo.exclusions.flatMap((exclusion) => linesOf(exclusion, spanOf(exclusion, slo, measurement)));
  const rules = Array.from({ length: Math.ceil(lines.length / MOST_LINES) }, (_, index) =>
    lines.slice(index * MOST_LINES, (index + 1) * MOST_LINES),
  );
  return rules.map((some, index) => ({
    type: "record",
    record: records.excluded,
    expr: binary("or", aggregate("group", [], chain("or", ...some)), call("vector", number(0))),
    labels: { ...idLabels(slo), ...(index === 0 ? {} : { list: String(index + 1) }) },
    comment: `1 while nothing counts, and as long as readings reach back into it: ${words(slo)}.`,
  }));
}

/** The same samples, but none in an exclusion. */
export function outsideExclusions(expr: Expr, slo: Slo): Expr {
  return slo.exclusions.length === 0 ? expr : binary("unless", expr, isExcluded(slo), on());
}

/** The same, where the expression is of what was recorded an evaluation ago. */
export function countedOutside(expr: Expr, slo: Slo, { intervalSeconds }: SloMeasurement): Expr {
  if (slo.exclusions.length === 0) return expr;
  const excluded = offset(selector(records.excluded, idLabels(slo)), intervalSeconds * 1000);
  return binary("unless", expr, binary("==", excluded, number(1)), on());
}

/** From which moment after its start an exclusion is in force, and for how long. In seconds. */
export interface Span {
  readonly delay: number;
  readonly length: number;
}

/** What reads the past is excluded as long as it may read of the exclusion. */
export function spanOf(exclusion: Exclusion, slo: Slo, { base, intervalSeconds }: SloMeasurement): Span {
  const judged = eventSlices(slo)?.sliceSeconds ?? 0;
  const { newest, reach } = readingOf(slo.sli, base);
  const settle = base.settleMs / 1000;
  // Counters that are counted apart are added up an evaluation later.
  const later = kindOf(slo.sli).counts(slo.sli, base).before ? intervalSeconds : 0;
  const ends = exclusion.seconds + settle + Math.max(intervalSeconds + slo.scrapeSeconds, reach) + later + judged;
  const delay = Math.max(settle, newest);
  return { delay, length: ends - delay };
}

const MOST_LINES = 6;

function words({ exclusions }: Slo): string {
  const all = exclusions.map(({ reason, when }) => `${reason}, ${when}`).join("; ");
  const isWeekly = exclusions.some(({ occurrences }) => occurrences.type === "weekly");
  return isWeekly ? `${all}. 604800 is a week: those of Unix time begin on a Thursday` : all;
}

function isExcluded(slo: Slo): Expr {
  return binary("==", selector(records.excluded, idLabels(slo)), number(1));
}

/** Each has a sample while it lasts, and none otherwise. */
function linesOf({ occurrences, offsetSeconds }: Exclusion, { delay, length }: Span): Expr[] {
  const shift = delay - offsetSeconds;
  switch (occurrences.type) {
    case "fixed":
      return occurrences.starts.map((start) => between(start + shift, start + shift + length));
    case "weekly":
      return occurrences.starts.map((start) => {
        const sinceStart = binary("%", after(modulo(-FIRST_MONDAY - start - shift, WEEK)), number(WEEK));
        return binary("<", sinceStart, number(length));
      });
    case "monthly":
      return [sinceDayOfMonth(occurrences.day, shift + occurrences.time, length)];
  }
}

function between(from: number, to: number): Expr {
  const begun = binary(">=", after(0), number(from));
  return binary("and", begun, binary("<", after(0), number(to)));
}

/** Moved back, so that the day is the first of a month: seconds since then. */
function sinceDayOfMonth(day: number, shift: number, length: number): Expr {
  const moved = after(-shift - (day > 0 ? day - 1 : day) * DAY);
  const days = binary("-", call("day_of_month", moved), number(1));
  const since = binary("+", binary("*", days, number(DAY)), binary("%", moved, number(DAY)));
  return binary("<", since, number(length));
}

/** Now, moved by so many seconds: one sample without labels. */
function after(seconds: number): Expr {
  if (seconds === 0) return call("vector", call("time"));
  return call("vector", binary(seconds < 0 ? "-" : "+", call("time"), number(Math.abs(seconds))));
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
