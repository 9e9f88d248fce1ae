/** How series and their targets are looked for: what the base and whole windows share. */
import type { Matcher, Selector } from "../promql/ast.ts";
import type { Base } from "./base.ts";

/** How far back Prometheus itself looks for the sample of an instant. */
export const DEFAULT_LOOKBACK_MS = 300_000;

/** How far back a reading looks for the last sample: gaps up to this long lose nothing. */
export function lookbackMs(base: Base): number {
  return Math.max(DEFAULT_LOOKBACK_MS, 4 * base.scrapeMs, base.gapMs ?? 0);
}

/** The user's matchers that targets carry too: they keep `up` as narrow as the metric. */
export function targetMatchers(counter: Selector, base: Base): Matcher[] {
  const kept = ["job", "instance", ...base.identity];
  return counter.matchers.filter((matcher) => kept.includes(matcher.label));
}
