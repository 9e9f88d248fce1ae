/**
 * Which of two burn alerts of one error budget is told: the more urgent one, and of two equally urgent ones the
 * faster. Rules name the alerts, not the SLOs, so their number does not grow with the SLOs.
 */
import { severities } from "../../compile/audience.ts";
import type { SloPlan, TierPlan } from "../../compile/plan.ts";
import type { Platform } from "../../model/service.ts";
import type { InhibitRule } from "./config.ts";
import { isOfSlo, isOneOf, isPresent } from "./matcher.ts";

type Words = Platform["severities"];

/** A page silences the tickets and infos of its budget, a ticket the infos. */
export function urgencyRules(slos: readonly SloPlan[], words: Words, equal: readonly string[]): InhibitRule[] {
  const tiers = distinctBy(
    slos.flatMap((slo) => slo.tiers),
    tierKey,
  );
  return tiers.flatMap((source) => {
    const below = tiers.filter((tier) => urgency(tier) > urgency(source));
    if (below.length === 0) return [];
    const names = isOneOf(
      "alertname",
      below.map((tier) => tier.alert),
    );
    const severity = isOneOf(
      "severity",
      below.map((tier) => words[tier.severity]),
    );
    return [
      {
        source_matchers: [isPresent("slo_service"), ...isTier(source, words)],
        target_matchers: [names, severity],
        equal,
      },
    ];
  });
}

/** A fast burn silences a slow one of the same severity. */
export function speedRules(slos: readonly SloPlan[], words: Words, equal: readonly string[]): InhibitRule[] {
  const pairs = slos.flatMap(speedPairs);
  return distinctBy(pairs, pairKey).flatMap((pair) =>
    scopesOf(pair, pairs).map((scope) => ({
      source_matchers: [...(scope ?? [isPresent("slo_service")]), ...isTier(pair.faster, words)],
      target_matchers: [...(scope ?? []), ...isTier(pair.slower, words)],
      equal,
    })),
  );
}

interface SpeedPair {
  readonly slo: SloPlan;
  readonly faster: TierPlan;
  readonly slower: TierPlan;
}

function speedPairs(slo: SloPlan): SpeedPair[] {
  const tiers = [...slo.tiers].sort(compareSpeed);
  const pairs = tiers.flatMap((faster, index) => tiers.slice(index + 1).map((slower) => ({ slo, faster, slower })));
  return pairs.filter(({ faster, slower }) => faster.severity === slower.severity);
}

/** The higher burn first; of equal burns the one whose window is shorter. */
function compareSpeed(a: TierPlan, b: TierPlan): number {
  return b.burn - a.burn || a.longSeconds - b.longSeconds || (a.name < b.name ? -1 : 1);
}

/** Everywhere, unless tiers of the same names are in the other order in some SLO: then only where this order holds. */
function scopesOf(pair: SpeedPair, pairs: readonly SpeedPair[]): (string[] | undefined)[] {
  const reverse = pairKey({ ...pair, faster: pair.slower, slower: pair.faster });
  if (!pairs.some((other) => pairKey(other) === reverse)) return [undefined];
  return pairs.filter((other) => pairKey(other) === pairKey(pair)).map((other) => isOfSlo(other.slo));
}

function isTier({ alert, severity }: TierPlan, words: Words): string[] {
  return [isOneOf("alertname", [alert]), isOneOf("severity", [words[severity]])];
}

function pairKey({ faster, slower }: SpeedPair): string {
  return `${tierKey(faster)} ${tierKey(slower)}`;
}

/** Sorts by urgency, then by name. */
function tierKey(tier: TierPlan): string {
  return `${urgency(tier)} ${tier.alert}`;
}

/** 0 is the most urgent. */
function urgency(tier: TierPlan): number {
  return severities.indexOf(tier.severity);
}

function distinctBy<T>(items: readonly T[], key: (item: T) => string): T[] {
  const byKey = new Map(items.map((item) => [key(item), item]));
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
