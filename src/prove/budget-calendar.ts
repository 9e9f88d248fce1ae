/** The end of one period of each kind, by hand: the oracle of budgets asks no PromQL when February ends. */
import type { Calendar, CalendarPeriod } from "../compile/calendar.ts";

export interface PeriodEnd {
  /** Unix time at which the period ends. */
  readonly atSeconds: number;
  /** Numbers of the period that ends and of the one that begins. */
  readonly before: string;
  readonly after: string;
}

/** In local time: the end of a leap February, and Mondays and quarters as they fall. */
const ENDS: Readonly<Record<CalendarPeriod, PeriodEnd>> = {
  // 2028-02-29T15:00:00Z
  hour: { atSeconds: 1_835_449_200, before: "509846", after: "509847" },
  // 2028-03-01T00:00:00Z
  day: { atSeconds: 1_835_481_600, before: "20280229", after: "20280301" },
  // 2028-02-28T00:00:00Z, a Monday
  week: { atSeconds: 1_835_308_800, before: "3034", after: "3035" },
  month: { atSeconds: 1_835_481_600, before: "202802", after: "202803" },
  // 2028-04-01T00:00:00Z
  quarter: { atSeconds: 1_838_160_000, before: "20281", after: "20282" },
  // 2029-01-01T00:00:00Z
  year: { atSeconds: 1_861_920_000, before: "2028", after: "2029" },
};

/** Local midnight comes earlier by as much as local time is ahead. */
export function endOfPeriod({ period, offsetSeconds }: Calendar): PeriodEnd {
  const end = ENDS[period];
  return { ...end, atSeconds: end.atSeconds - offsetSeconds };
}
