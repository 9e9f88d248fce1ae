/** Dates as they are declared: `2027-01-31`. */
import { z } from "zod";
import { fault } from "../../sli/fault.ts";
import { isCalendarDay } from "../../time/calendar-days.ts";

export const dateSchema = z.string().refine(isDate, {
  error: "it is not a date",
  params: fault("bad-value", "Write the date as `2027-01-31`."),
});

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return isCalendarDay({ year: Number(year), month: Number(month), day: Number(day) });
}
