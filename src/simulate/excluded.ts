/** When nothing counts: evaluations that lie in an exclusion, in a history that begins at some time. */
import type { SloPlan } from "../compile/plan.ts";
import { spanOf } from "../compile/slo/windows/exclusions.ts";
import { startsBetween } from "../model/occurrences.ts";
import { DAY } from "../time/units.ts";

/**
 * Whether each evaluation lies in one.
 *
 * @param origin - Unix seconds of the first evaluation.
 */
export function excludedAt(
  { slo, measurement }: SloPlan,
  origin: number,
  evaluations: number,
): (index: number) => boolean {
  const every = slo.evaluationSeconds;
  const excluded = new Uint8Array(evaluations);
  for (const exclusion of slo.exclusions) {
    const { delay, length } = spanOf(exclusion, slo, measurement);
    const shift = delay - exclusion.offsetSeconds;
    const [from, to] = [origin - shift - length, origin - shift + evaluations * every];
    for (const start of startsBetween(exclusion.occurrences, from, to))
      mark(excluded, (start + shift - origin) / every, (start + shift + length - origin) / every);
  }
  return (index) => excluded[index] === 1;
}

function mark(excluded: Uint8Array, from: number, to: number): void {
  for (let index = Math.max(0, Math.ceil(from)); index < Math.min(excluded.length, Math.ceil(to)); index++)
    excluded[index] = 1;
}

const LONGEST_MONTH = 31 * DAY;

/** Unix seconds at which an exclusion begins, once of many times. */
export function someStart({ slo }: SloPlan): number | undefined {
  const [exclusion] = slo.exclusions;
  if (exclusion === undefined) return undefined;
  const { occurrences } = exclusion;
  const [start] = occurrences.type === "fixed" ? occurrences.starts : startsBetween(occurrences, 0, LONGEST_MONTH);
  return start === undefined ? undefined : start - exclusion.offsetSeconds;
}
