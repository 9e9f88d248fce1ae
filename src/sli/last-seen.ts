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

/**
 * Where this evaluation's count begins: usually the reading before this tile. Where the last evaluation was missed, an
 * interval earlier; where that reading is no number, the scrape before it.
 */
export function lastCounted(counter: Selector, base: Base): Expr {
  const before = readingBefore(counter, base);
  // Scraped so seldom, a series is not there at most instants.
  if (2 * base.scrapeMs > DEFAULT_LOOKBACK_MS) return before;
  const at = base.settleMs + base.intervalMs;
  const scrapeEarlier = offset(counter, at + Math.max(base.intervalMs, base.scrapeMs));
  const readable = binary("<", before, number(Number.POSITIVE_INFINITY));
  return chain("or", readable, scrapeEarlier);
}

/**
 * Differences that are not negative. A NaN stays for now: it says that the series has been read before, so that nobody
 * takes it for newborn; the sum leaves it out.
 */
export function notNegative(difference: Expr): Expr {
  return binary("!=", call("clamp_min", difference, number(JUST_BELOW_ZERO)), number(JUST_BELOW_ZERO));
}

/** No counter of anything loses less. */
const JUST_BELOW_ZERO = -1e-300;
