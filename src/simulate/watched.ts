/** An SLO's tiers as the simulation needs them: everything in evaluations, and where each window reads. */
import type { SloPlan, TierPlan } from "../compile/plan.ts";
import { knowsTraffic, leastBurn } from "../compile/slo/alerts/traffic.ts";
import { fasterPages, guardSource, isFast, isPage, residueSeconds, sourceOf } from "../compile/slo/placing.ts";
import { heartbeatStep } from "../compile/slo/windows/share-measured.ts";
import { exact } from "../promql/number.ts";

/** Times in evaluations. */
export interface WatchedTier {
  readonly tier: TierPlan;
  readonly isPage: boolean;
  readonly isFast: boolean;
  readonly long: number;
  readonly short: number;
  readonly longTiled: boolean;
  readonly shortTiled: boolean;
  readonly guardTiled: boolean;
  readonly waits: number;
  readonly keeps: number;
  /** Between two looks at whether the rules ran. */
  readonly look: number;
  /** Places of the pages that report the same sooner. */
  readonly faster: readonly number[];
  /** How long their alerts hold it back. */
  readonly residue: number;
  /** Where thresholds know the traffic: what the ratio of the long window has to be above. */
  readonly leastRatio: number | undefined;
}

export interface Watched {
  readonly everySeconds: number;
  /** Evaluations in a tile, and between two evaluations of the slow group. */
  readonly tile: number;
  readonly slowEvery: number;
  readonly part: "bad" | "good";
  readonly minEvents: number | undefined;
  readonly minBad: number | undefined;
  readonly tiers: readonly WatchedTier[];
  /** How long the silent alert outlasts the page. */
  readonly burningKeeps: number;
  /** Where thresholds know the traffic: the period, and the budget. */
  readonly traffic: { readonly period: number; readonly tiled: boolean; readonly errorBudget: number } | undefined;
}

/** @param slowEverySeconds - How often the slow group is evaluated, where that is not what it asks for. */
export function watchedOf(plan: SloPlan, slowEverySeconds?: number): Watched {
  const { slo, measurement, tiers } = plan;
  const every = slo.evaluationSeconds;
  const slow = slowEverySeconds ?? (measurement.tiled ? measurement.tileSeconds : every);
  const longestShort = Math.max(0, ...tiers.map(({ shortSeconds }) => shortSeconds));
  return {
    everySeconds: every,
    tile: measurement.tileSeconds / every,
    slowEvery: slow / every,
    part: measurement.part,
    minEvents: slo.minEvents,
    minBad: slo.minBad === 1 ? undefined : slo.minBad,
    tiers: tiers.map((tier) => watchedTier(tier, plan)),
    burningKeeps: (longestShort + (measurement.tiled ? measurement.tileSeconds : every)) / every,
    traffic: knowsTraffic(slo)
      ? { period: slo.windowSeconds / every, tiled: measurement.tiled, errorBudget: slo.errorBudget }
      : undefined,
  };
}

function watchedTier(tier: TierPlan, { slo, measurement, tiers }: SloPlan): WatchedTier {
  const every = slo.evaluationSeconds;
  const isTiled = (seconds: number): boolean => sourceOf(seconds, tier, measurement) !== "base";
  const faster = fasterPages(tier, tiers);
  return {
    tier,
    isPage: isPage(tier),
    isFast: isFast(tier, measurement),
    long: tier.longSeconds / every,
    short: tier.shortSeconds / every,
    longTiled: isTiled(tier.longSeconds),
    shortTiled: isTiled(tier.shortSeconds),
    guardTiled: guardSource(tier, measurement) !== "base",
    waits: tier.forSeconds / every,
    keeps: tier.keepFiringForSeconds / every,
    look: heartbeatStep(tier.longSeconds, measurement) / every,
    faster: faster.map((other) => tiers.indexOf(other)),
    residue: residueSeconds(tier, faster) / every,
    leastRatio: knowsTraffic(slo) ? exact(Math.min(leastBurn(tier) * slo.errorBudget, tier.cap ?? 1)) : undefined,
  };
}
