/**
 * Slices of events: every evaluation judges the events of the slice that ends with it, and adds its share of a slice.
 * A 5m slice judged every 30s counts a tenth each time, so that windows sum slices exactly as they sum events.
 */
import type { Budgeting } from "../model/budgeting.ts";
import type { Expr } from "../promql/ast.ts";
import { binary, call, isTrue, number, over, selector, sumBy } from "../promql/build.ts";
import { HOUR_MS, printSeconds } from "../promql/duration.ts";
import { printNumber } from "../promql/number.ts";
import { sliceShare } from "../sli/base.ts";
import type { Words } from "../sli/kind.ts";
import type { Measure } from "./measure.ts";
import { records } from "./naming.ts";

/** A method that counts slices. */
export type Sliced = Exclude<Budgeting, { readonly kind: "events" }>;

/** Slices and bad slices, with exactly the group labels. Total first: bad is filled from it where nothing happened. */
export function slicesOfEvents(method: Sliced, measure: Measure): { readonly total: Expr; readonly bad: Expr } {
  const share = sliceShare(method.sliceSeconds, measure.base);
  return { total: totalSlices(method, share, measure), bad: badSlices(method, share, measure) };
}

/** Good and bad for people, and what the budget counts. */
export function budgetedWords(method: Budgeting, words: Words): Words {
  if (method.kind === "events") return words;
  const slices = `slices of ${printSeconds(method.sliceSeconds)}`;
  const target = printNumber(method.targetPercent);
  return {
    ...words,
    good: `${slices} that are at least ${target}% good, where good means: ${words.good}`,
    bad: `${slices} that are less than ${target}% good, where bad means: ${words.bad}`,
    unit: "slices",
  };
}

/** A slice without events is none, unless `noTraffic` says what it counts as. */
function totalSlices(method: Sliced, share: number, measure: Measure): Expr {
  const { base } = measure;
  if (base.noTraffic === "ignore") return times(isTrue(">", eventsIn(method, "total", measure), number(0)), share);
  if (base.by.length === 0) return call("vector", number(share));
  const known = call("last_over_time", over(selector(base.counted.total, base.id), HOUR_MS));
  return binary("+", times(sumBy(base.by, known), 0), number(share));
}

function badSlices(method: Sliced, share: number, measure: Measure): Expr {
  const { base } = measure;
  const some = binary(">", eventsIn(method, "total", measure), number(0));
  const judged = times(badness(method, eventsIn(method, "bad", measure), some), share);
  // The total of this evaluation, and not an older one.
  const now = call("last_over_time", over(selector(records.total, base.id), base.intervalMs / 2));
  const idle = binary("unless", sumBy(base.by, now), some);
  return binary("or", judged, base.noTraffic === "bad" ? idle : times(idle, 0));
}

/** 1 for a bad slice, 0 for a good one. */
function badness(method: Sliced, bad: Expr, total: Expr): Expr {
  return isTrue(">", bad, binary("*", number(method.badShare), total));
}

function eventsIn({ sliceSeconds }: Sliced, count: "total" | "bad", measure: Measure): Expr {
  const events = over(selector(measure.base.counted[count], measure.base.id), sliceSeconds * 1000);
  return sumBy(measure.base.by, call("sum_over_time", events));
}

function times(expr: Expr, factor: number): Expr {
  return factor === 1 ? expr : binary("*", expr, number(factor));
}
