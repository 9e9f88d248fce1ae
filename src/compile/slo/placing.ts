/** When a tier is evaluated, what its windows are summed from, and which pages come before it. */
import { HOUR } from "../../time/units.ts";
import type { TierPlan } from "../plan.ts";
import type { SloMeasurement } from "./slo-measurement.ts";
import { fastSource, type Source, slowSource } from "./windows/windows.ts";

/** A ticket can wait for two tiles where its short window is many of them. */
const SLOW_FROM = 1800;

/** Pages are always fast; so is what could not be judged by tiles. */
export function isFast(tier: TierPlan, { tiled }: SloMeasurement): boolean {
  return !tiled || tier.severity === "page" || tier.shortSeconds < SLOW_FROM;
}

/** Every window that the tiers of one pace look back, each once, in order. */
export function windowsOf(tiers: readonly TierPlan[]): number[] {
  const all = tiers.flatMap(({ longSeconds, shortSeconds }) => [longSeconds, shortSeconds]);
  return [...new Set(all)].sort((a, b) => a - b);
}

/** What a window of a tier is summed from. */
export function sourceOf(seconds: number, tier: TierPlan, measurement: SloMeasurement): Source {
  return isFast(tier, measurement) ? fastSource(seconds, measurement) : slowSource(seconds, measurement);
}

/** From here on a guard reads tiles. */
const LONG_SECONDS = 6 * HOUR;

/** What the least events of a tier are counted from: tiles where its long window is long, an eighth of the samples. */
export function guardSource(tier: TierPlan, measurement: SloMeasurement): Source {
  const seconds = tier.longSeconds;
  return seconds >= LONG_SECONDS ? slowSource(seconds, measurement) : sourceOf(seconds, tier, measurement);
}

/** The pages that report the same sooner than a page; none of what does not page. */
export function fasterPages(tier: TierPlan, tiers: readonly TierPlan[]): TierPlan[] {
  return tiers.filter((other) => isPage(tier) && isPage(other) && other.shortSeconds < tier.shortSeconds);
}

/** How long faster pages hold back a page after they fired, in seconds: until what they burned has left its short window. */
export function residueSeconds(tier: TierPlan, faster: readonly TierPlan[]): number {
  return tier.shortSeconds + Math.max(0, ...faster.map(({ keepFiringForSeconds }) => keepFiringForSeconds));
}

export function isPage({ severity }: TierPlan): boolean {
  return severity === "page";
}
