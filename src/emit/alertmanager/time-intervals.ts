/** Business hours: outside them tickets wait, and what has resolved by then is never sent. */
import type { Platform } from "../../model/service.ts";
import type { TimeInterval } from "./config.ts";

/** The interval's name in routes. */
export const BUSINESS_HOURS = "business-hours";

/** None where tickets may always be sent. */
export function compileTimeIntervals({ businessHours }: Platform): TimeInterval[] {
  if (businessHours === undefined) return [];
  const { start, end, days, location = "UTC" } = businessHours;
  const times = [{ start_time: start, end_time: end }];
  return [{ name: BUSINESS_HOURS, time_intervals: [{ times, weekdays: [...(days ?? ["monday:friday"])], location }] }];
}
