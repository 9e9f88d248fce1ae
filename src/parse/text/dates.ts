/** Dates as they are declared: `2027-01-31`. */
import { z } from "zod";
import { fault } from "../../sli/metric.ts";

export const dateSchema = z.string().refine(isDate, {
  error: "it is not a date",
  params: fault("bad-value", "Write the date as `2027-01-31`."),
});

function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  const lengths = [31, isLeap(Number(year)) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return Number(day) >= 1 && Number(day) <= (lengths[Number(month) - 1] ?? 0);
}

function isLeap(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
