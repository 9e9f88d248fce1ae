/** One period of each kind, by hand: the oracle of budgets asks no PromQL when February ends. */

import { isRolling, type Period, type PeriodUnit } from "../../model/period.ts";
import { DAY, HOUR, WEEK } from "../../time/units.ts";

/** Unix times. */
export interface PlayedPeriod {
  readonly startSeconds: number;
  readonly endSeconds: number;
}

/** In local time: a leap February and what ends with it, and Mondays and years as they fall. */
const PLAYED: Readonly<Record<PeriodUnit, { readonly ends: number; readonly lasts: number }>> = {
  // 2028-02-29T15:00:00Z
  hour: { ends: 1_835_449_200, lasts: HOUR },
  // 2028-03-01T00:00:00Z
  day: { ends: 1_835_481_600, lasts: DAY },
  // 2028-02-28T00:00:00Z, a Monday
  week: { ends: 1_835_308_800, lasts: WEEK },
  month: { ends: 1_835_481_600, lasts: 29 * DAY },
  // 2028-04-01T00:00:00Z
  quarter: { ends: 1_838_160_000, lasts: 91 * DAY },
  // 2029-01-01T00:00:00Z
  year: { ends: 1_861_920_000, lasts: 366 * DAY },
};

/** Local midnight comes earlier by as much as local time is ahead. Undefined where the budget rolls. */
export function playedPeriod(period: Period<PeriodUnit>): PlayedPeriod | undefined {
  if (isRolling(period)) return undefined;
  const { ends, lasts } = PLAYED[period.unit];
  const endSeconds = ends - period.offsetSeconds;
  return { startSeconds: endSeconds - lasts, endSeconds };
}
