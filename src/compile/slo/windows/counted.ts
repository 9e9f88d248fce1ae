/**
 * From what happened to what counts, where those are two: slices of events count, and nothing counts in an exclusion.
 * What happened is recorded under names of its own, and what counts is made of it one evaluation later.
 */

import { type EventSlices, eventSlices } from "../../../model/budgeting.ts";
import type { Slo } from "../../../model/service.ts";
import type { Expr } from "../../../promql/ast.ts";
import { aggregate, binary, call, isTrue, number, offset, on, over, selector } from "../../../promql/build.ts";
import { oncePer } from "../../../promql/clock.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { exact, printNumber } from "../../../promql/number.ts";
import type { Counts } from "../../../sli/kind.ts";
import { HOUR_MS } from "../../../time/units.ts";
import { records } from "../../names.ts";
import type { RecordingRule } from "../../plan.ts";
import type { SloContext } from "../alert.ts";
import { countedOutside, excludedRules } from "./exclusions.ts";

type Part = "bad" | "good";

/** Whether what happened is recorded apart from what counts. */
export function isCountedLater(slo: Slo): boolean {
  return eventSlices(slo) !== undefined || slo.exclusions.length > 0;
}

/** What is recorded beside the total. */
export function countedPart(slo: Slo, { part }: Counts): Part {
  return eventSlices(slo) ? "bad" : part.of;
}

/** How often the total has a sample, in seconds. */
export function countedEvery(slo: Slo, { everySeconds = slo.evaluationSeconds }: Counts): number {
  return Math.max(eventSlices(slo)?.sliceSeconds ?? 0, everySeconds);
}

/** The records of what happened. */
export function happened(slo: Slo): Readonly<Record<"total" | Part, string>> {
  return isCountedLater(slo)
    ? { total: records.eventTotal, bad: records.eventBad, good: records.eventGood }
    : { total: records.total, bad: records.bad, good: records.good };
}

/** What counts, of what happened. */
export function countedRules(counts: Counts, context: SloContext): RecordingRule[] {
  const { slo, measurement } = context;
  if (!isCountedLater(slo)) return [];
  const rule = (count: "total" | Part, expr: Expr, comment?: string): RecordingRule => ({
    type: "record",
    record: records[count],
    expr: countedOutside(expr, slo, measurement),
    labels: measurement.base.id,
    everySeconds: measurement.totalEverySeconds,
    ...(comment === undefined ? {} : { comment }),
  });
  const judged = eventSlices(slo);
  if (!judged) {
    const before = (count: "total" | Part): Expr => recently(count, measurement.intervalSeconds, context);
    return [
      ...excludedRules(context),
      rule(
        "total",
        before("total"),
        "The events of one evaluation ago, and none in an exclusion. A sum: an offset alone would look back 5m and count twice.",
      ),
      rule(counts.part.of, before(counts.part.of)),
    ];
  }
  const { sliceSeconds } = judged;
  const once = (expr: Expr): Expr => oncePer(sliceSeconds, measurement.intervalSeconds, expr);
  return [
    ...excludedRules(context),
    rule("total", once(slices(judged, context)), sliceWords(judged, slo)),
    rule("bad", once(badSlices(judged, counts.part.of, context))),
  ];
}

function sliceWords({ sliceSeconds, targetPercent }: EventSlices, { noTraffic }: Slo): string {
  const idle = noTraffic === "ignore" ? "none" : noTraffic;
  return `Once every ${printSeconds(sliceSeconds)} a slice: bad where less than ${printNumber(targetPercent)}% of its events are good. Without events it is ${idle}.`;
}

/** 1 for a slice with events and 0 for one without, or 1 for every group that is known. */
function slices({ sliceSeconds }: EventSlices, context: SloContext): Expr {
  if (context.slo.noTraffic !== "ignore") return known(context);
  return isTrue(">", recently("total", sliceSeconds, context), number(0));
}

/** Divided last: a share is exactly what it is compared with, where a product might be a little off. */
function badSlices({ sliceSeconds, targetPercent, badShare }: EventSlices, part: Part, context: SloContext): Expr {
  const total = binary(">", recently("total", sliceSeconds, context), number(0));
  const share = binary("/", recently(part, sliceSeconds, context), total);
  const judged =
    part === "bad" ? isTrue(">", share, number(badShare)) : isTrue("<", share, number(exact(targetPercent / 100)));
  if (context.slo.noTraffic === "ignore") return judged;
  const idle = context.slo.noTraffic === "bad" ? known(context) : binary("*", number(0), known(context));
  return context.measurement.base.by.length === 0 ? binary("or", judged, idle, on()) : binary("or", judged, idle);
}

/** Groups that were counted within the hour: 1. Where there are none, it is always known. */
function known({ slo, measurement: { base } }: SloContext): Expr {
  if (base.by.length === 0) return call("vector", number(1));
  const lately = call("last_over_time", over(selector(happened(slo).total, base.id), HOUR_MS));
  return aggregate("group", [...Object.keys(base.id), ...base.by], lately);
}

/** An evaluation old: what this one has just recorded is not visible everywhere. */
function recently(count: "total" | Part, seconds: number, { slo, measurement }: SloContext): Expr {
  const counted = over(selector(happened(slo)[count], measurement.base.id), seconds * 1000);
  return call("sum_over_time", offset(counted, measurement.intervalSeconds * 1000));
}
