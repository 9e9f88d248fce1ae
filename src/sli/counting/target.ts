/** How series and their targets are looked for: what the base and whole windows share. */
import type { Matcher, Matching, Selector } from "../../promql/ast.ts";
import { on, selector } from "../../promql/build.ts";
import { MINUTE_MS } from "../../time/units.ts";
import type { Base } from "./base.ts";

/** How far back Prometheus itself looks for the sample of an instant. */
export const DEFAULT_LOOKBACK_MS = 5 * MINUTE_MS;

/** How far back a reading looks for the last sample: gaps up to this long lose nothing. */
export function lookbackMs(base: Base): number {
  return Math.max(DEFAULT_LOOKBACK_MS, 4 * base.scrapeMs, base.gapMs ?? 0);
}

/** What tells two instances apart. */
export function targetLabels({ identity }: Pick<Base, "identity">): string[] {
  return ["job", "instance", ...identity];
}

export function onTarget(base: Pick<Base, "identity">): Matching {
  return on(...targetLabels(base));
}

/** The user's matchers that targets carry too: they keep `up` as narrow as the metric. */
export function targetMatchers(counter: Selector, base: Base): Matcher[] {
  const kept = targetLabels(base);
  return counter.matchers.filter((matcher) => kept.includes(matcher.label));
}

/** What a metric such as `up` says of the targets behind these series. */
export function ofTarget(metric: string, counter: Selector, base: Base): Selector {
  return { ...selector(metric), matchers: targetMatchers(counter, base) };
}
