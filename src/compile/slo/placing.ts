/** Which tiers are evaluated at every interval, and which with the tiles. */
import type { TierPlan } from "../plan.ts";
import type { SloMeasurement } from "./slo-measurement.ts";

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
