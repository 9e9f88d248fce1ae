/**
 * What was before the rules counts as good: what is spent is spent of the part of the period in which they were seen to
 * run. It is measured every two hours where the period is of days, every five minutes where it is shorter, and the
 * first time at the very beginning.
 */
import { isRolling } from "../model/period.ts";
import { DAY, HOUR } from "../time/units.ts";
import type { Stage } from "./slo/stage.ts";

const DAYS_FROM = 6 * DAY;
/** Longer periods read tiles of an hour. */
const MINUTES_UP_TO = 100 * DAY;

/** Whether what is spent is known to the event: whole events in a period that slides, read from tiles of some minutes. */
export function isSteady({ slo, history }: Stage): boolean {
  const [period] = slo.periods;
  return history.type === "counters" && isRolling(period) && slo.windowSeconds <= MINUTES_UP_TO;
}

/** Seconds between two steps. */
export function stepSeconds({ slo: { windowSeconds }, pace }: Stage): number {
  if (windowSeconds < 1800) return pace.every;
  return windowSeconds > DAYS_FROM && windowSeconds % (2 * HOUR) === 0 ? 2 * HOUR : 300;
}

/** The share of the period that was seen after so many seconds. */
export function shareSeen(seconds: number, stage: Stage): number {
  const step = stepSeconds(stage);
  return (Math.floor(seconds / step) + 1) / (stage.slo.windowSeconds / step);
}
