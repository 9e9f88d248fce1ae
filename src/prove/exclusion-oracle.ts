/** Whether an evaluation lies in an exclusion, from the occurrences and not from PromQL. */
import { spanOf } from "../compile/exclusions.ts";
import type { Measure } from "../compile/measure.ts";
import { startsBetween } from "../model/occurrences.ts";
import type { Exclusion, Slo } from "../model/service.ts";

/** Whether some evaluation in (time − lately, time] is excluded. Times in seconds. */
export function isExcludedAt(time: number, slo: Slo, measure: Measure, latelySeconds = 0): boolean {
  return slo.exclusions.some((exclusion) => overlaps(exclusion, time, latelySeconds, slo, measure));
}

function overlaps(exclusion: Exclusion, time: number, lately: number, slo: Slo, measure: Measure): boolean {
  const { delay, length } = spanOf(exclusion, slo, measure);
  const local = time - delay + exclusion.offsetSeconds;
  // An occurrence is in force at an evaluation when it began at most its length before, that moment included.
  const starts = startsBetween(exclusion.occurrences, local - length - lately, local + 1);
  const every = measure.intervalSeconds;
  const first = lately === 0 ? time : Math.floor((time - lately) / every) * every + every;
  for (let at = first; at <= time; at += every) {
    const then = at - delay + exclusion.offsetSeconds;
    if (starts.some((start) => then >= start && then < start + length)) return true;
  }
  return false;
}
