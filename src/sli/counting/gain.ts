/**
 * The base: what each counter gained since the last evaluation, in three plain lines, then summed.
 * Readings are `settle` old, because a scrape is visible only when it ends. docs/rules.md says what it does not count.
 */
import type { Expr, Selector } from "../../promql/ast.ts";
import { binary, call, chain, number, offset, over, selector, sumBy } from "../../promql/build.ts";
import { printDuration } from "../../promql/duration.ts";
import type { ParsedMetric } from "../metric.ts";
import { type Base, rateWindowMs, recordName, withWindow } from "./base.ts";
import { lookbackMs, ofTarget, onTarget } from "./target.ts";

/**
 * What a metric gained since the last evaluation, by the group labels.
 *
 * @param beside - A new series counts from zero where this one was there before on the same target.
 */
export function gained(metric: ParsedMetric, base: Base, beside: ParsedMetric = metric): Expr {
  if (metric.type === "promql") return sumBy(base.by, rateTimesInterval(metric.text, base));
  const total = beside.type === "selector" ? beside.selector : metric.selector;
  return sumBy(base.by, gainedBySeries(metric.selector, total, base));
}

/** What a counter gained; a new series counts from zero where one of these was there before on the same target. */
export function gainedBeside(metric: ParsedMetric, beside: readonly Selector[], base: Base): Expr {
  if (metric.type === "promql" || beside.length === 0) return gained(metric, base);
  const there = beside.map((each) => offset(each, agoMs(base)));
  return sumBy(base.by, sinceLast(metric.selector, chain("or", ...there), base));
}

/** What a counter of money or tokens gained: a new series counts from zero where its target was scraped before. */
export function spent(metric: ParsedMetric, base: Base): Expr {
  if (metric.type === "promql") return gained(metric, base);
  const { selector } = metric;
  const up = ofTarget("up", selector, base);
  const watched = binary("and", binary("==", offset(up, agoMs(base)), number(1)), up);
  return sumBy(base.by, sinceLast(selector, watched, base));
}

/**
 * Zero for every group whose total is there: a count is never NaN, where a sum may be. An expression is not written out
 * twice: it is there where it was an evaluation ago.
 */
export function zeroWhere(total: ParsedMetric, base: Base): Expr {
  if (total.type === "promql") {
    const recorded = offset(selector(recordName("total:increase", base), base.id), base.intervalMs);
    return binary("*", number(0), sumBy(base.by, recorded));
  }
  const there = offset(total.selector, base.settleMs);
  return binary("*", number(0), { node: "aggregation", op: "count", by: base.by, expr: there });
}

/** What the expression does, for whoever reads the rule. */
export function gainWords(metric: ParsedMetric, base: Base, bornOn = "if its target had a total before"): string {
  if (metric.type === "promql") return "The expression's rate, times the seconds of one evaluation.";
  const [ago, settle] = [printDuration(agoMs(base)), printDuration(base.settleMs)];
  return [
    `Gained between ${ago} and ${settle} ago (a scrape is visible only when it ends): a counter's growth, or all that it shows after a restart, or all that a new series shows, ${bornOn}.`,
    `Scrapes missed for [${printDuration(lookbackMs(base))}] lose nothing.`,
  ].join(" ");
}

/** As `gainWords`, of money and tokens. */
export function spentWords(metric: ParsedMetric, base: Base): string {
  return gainWords(metric, base, "if its target was scraped before");
}

function gainedBySeries(counter: Selector, beside: Selector, base: Base): Expr {
  return sinceLast(counter, offset(beside, agoMs(base)), base);
}

/** @param wasThere - Targets on which a series that is new counts with everything that it shows. */
function sinceLast(counter: Selector, wasThere: Expr, base: Base): Expr {
  const now = offset(counter, base.settleMs);
  const before = lastReading(counter, base);
  // NaN is no number to count from. "and" before "unless": so it binds as it reads.
  const watched = binary("and", binary(">=", now, number(0)), wasThere, onTarget(base));
  return chain(
    "or",
    binary(">=", binary("-", now, before), number(0)),
    binary("<", now, before),
    binary("unless", watched, offset(counter, agoMs(base))),
  );
}

function agoMs({ settleMs, intervalMs }: Base): number {
  return settleMs + intervalMs;
}

/** As old as one evaluation, or older where scrapes were missed: differences from there lose nothing. */
function lastReading(counter: Selector, base: Base): Expr {
  return call("last_over_time", offset(over(counter, lookbackMs(base)), agoMs(base)));
}

/** NaN and what is negative is not a count. */
function rateTimesInterval(promql: string, base: Base): Expr {
  const perSecond = withWindow(promql, rateWindowMs(base));
  return binary(">=", binary("*", perSecond, number(base.intervalMs / 1000)), number(0));
}
