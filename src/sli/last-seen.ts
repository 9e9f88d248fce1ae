/**
 * What a counter stood at when it was last counted. Differences from there count every event once, also after an
 * evaluation that did not take place and after a reading that is no number.
 */
import type { Expr, Selector } from "../promql/ast.ts";
import { binary, call, chain, number, offset, on, over } from "../promql/build.ts";
import type { Base } from "./base.ts";
import { DEFAULT_LOOKBACK_MS, lookbackMs } from "./target.ts";

/** The newest reading before this tile, however long ago within the lookback. */
export function readingBefore(counter: Selector, base: Base): Expr {
  return call("last_over_time", offset(over(counter, lookbackMs(base)), base.settleMs + base.intervalMs));
}

/** Where this evaluation's count begins: usually the reading before this tile, sometimes that of a tile earlier. */
export function lastCounted(counter: Selector, base: Base): Expr {
  const before = readingBefore(counter, base);
  // Scraped so seldom, a series is not there at most instants.
  if (4 * base.scrapeMs > DEFAULT_LOOKBACK_MS) return before;
  const tileEarlier = offset(counter, base.settleMs + 2 * base.intervalMs);
  const readable = binary("<", before, number(Number.POSITIVE_INFINITY));
  const skipped = base.heartbeat ? [binary("and", tileEarlier, wasSkipped(base.heartbeat, base), on())] : [];
  return chain("or", ...skipped, readable, tileEarlier);
}

/**
 * The evaluation before this one was missed, and was not the first. Where this one's own heartbeat cannot be read yet,
 * nothing is said. Of several in a row, the last is made up for.
 */
function wasSkipped(heartbeat: Selector, { intervalMs }: Base): Expr {
  const beats = (intervals: number): Expr => call("count_over_time", over(heartbeat, intervals * intervalMs));
  return binary("<", binary("==", beats(1.5), beats(0.5)), beats(10));
}
