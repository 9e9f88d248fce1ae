/** Sums that windows read: one that no rule made before is empty, whatever the other sums of its SLO hold. */
import { records } from "../../compile/names.ts";
import { printSeconds } from "../../promql/duration.ts";
import type { Pair } from "../pair.ts";
import type { Subject } from "../subject.ts";

/** Tiles that are read now and were not made before: of another length, or of an hour where the window became long. */
export function newTiles({ before, after }: Pair): string[] {
  const made = recordsOf(before);
  return [...recordsOf(after)].filter((record) => /:increase\d/.test(record) && !made.has(record));
}

/**
 * Whether it counts what is good and did not before: the totals of its windows have a past, and what was good has none,
 * so that all of that past looks bad.
 */
export function startsCountingGood({ before, after }: Pair): boolean {
  return recordsOf(after).has(records.good) && !recordsOf(before).has(records.good);
}

/**
 * How long the worst severity fires where all of the past looks bad: until a short window has none of it. The fastest page
 * holds the slower ones back for longer than that; tickets do not hold each other back.
 */
export function falseAlarm({ facts }: Subject): { readonly severity: string; readonly until: string } | undefined {
  const tiers = tiersOf(facts);
  const worst = ["page", "ticket"].find((severity) => tiers.some((tier) => tier.severity === severity));
  if (worst === undefined) return undefined;
  const firing = tiers
    .filter(({ severity }) => severity === worst)
    .map(({ shortSeconds, keepFiringForSeconds }) => shortSeconds + keepFiringForSeconds);
  return { severity: worst, until: printSeconds(worst === "page" ? Math.min(...firing) : Math.max(...firing)) };
}

/** The longest window of its tiers, in seconds. */
export function longestWindow({ facts }: Subject): number {
  return Math.max(0, ...tiersOf(facts).map(({ longSeconds }) => longSeconds));
}

function tiersOf(facts: Subject["facts"]): Tier[] {
  return facts.filter(({ field }) => field.startsWith("tiers.")).map(({ value }) => value as unknown as Tier);
}

interface Tier {
  readonly keepFiringForSeconds: number;
  readonly longSeconds: number;
  readonly severity: string;
  readonly shortSeconds: number;
}

function recordsOf({ groups }: Subject): Set<string> {
  const rules = groups.flatMap((group) => group.rules);
  return new Set(rules.flatMap((rule) => (rule.type === "record" ? [rule.record] : [])));
}
