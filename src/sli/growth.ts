/**
 * What counters gained in a whole window, read from raw series at once: exact where no counter was reset.
 *
 * A series that was there when the window began gains what is between then and now. One that was born later counts from
 * zero if its target was scraped before it or its process is younger than the window, else from its first value. Where
 * a counter was reset within the window, `increase` adds up the pieces; it extrapolates to the window's edges.
 */
import type { Expr, Selector } from "../promql/ast.ts";
import { aggregate, binary, call, chain, number, offset, over } from "../promql/build.ts";
import type { Base } from "./base.ts";
import { lookbackMs, ofTarget, onTarget, targetLabels } from "./target.ts";

/** Growth of every series in the window that ends a settle time ago. */
export function windowGrowth(counter: Selector, windowMs: number, base: Base): Expr {
  const now = whole("last_over_time", counter, windowMs, base);
  const grown = binary("-", now, startOf(counter, windowMs, base));
  const reset = binary(">", whole("resets", counter, windowMs, base), number(0));
  const pieces = call("increase", offset(over(counter, windowMs), base.settleMs));
  return binary("or", binary("unless", grown, reset), pieces);
}

/** What each series stood at when the window began. */
function startOf(counter: Selector, windowMs: number, base: Base): Expr {
  const then = call("last_over_time", offset(over(counter, lookbackMs(base)), base.settleMs + windowMs));
  const old = chain("unless", whole("min_over_time", counter, windowMs, base), bornUnderWatch(counter, windowMs, base));
  const strange = binary("unless", old, young(counter, windowMs, base), onTarget(base));
  const zero = binary("*", whole("resets", counter, windowMs, base), number(0));
  return chain("or", then, strange, zero);
}

/** Series with fewer samples than their target had successful scrapes. */
function bornUnderWatch(counter: Selector, windowMs: number, base: Base): Expr {
  // One number for each instance, also where it was relabelled or has several endpoints.
  const scrapes = aggregate(
    "max",
    targetLabels(base),
    whole("sum_over_time", ofTarget("up", counter, base), windowMs, base),
  );
  const samples = whole("count_over_time", counter, windowMs, base);
  return binary("<", samples, scrapes, { ...onTarget(base), group: "left" });
}

/** Targets whose process began in the window. */
function young(counter: Selector, windowMs: number, base: Base): Expr {
  const start = whole("last_over_time", ofTarget("process_start_time_seconds", counter, base), windowMs, base);
  const begin = (base.settleMs + windowMs + lookbackMs(base)) / 1000;
  return binary(">", start, binary("-", call("time"), number(begin)));
}

/** Over the window and what led up to it. */
function whole(name: string, series: Selector, windowMs: number, base: Base): Expr {
  return call(name, offset(over(series, windowMs + lookbackMs(base)), base.settleMs));
}
