/** Days of the calendar and their numbers: 0 is 1970-01-01. The pure stages have no `Date`, so this is plain arithmetic. */
import { DAY } from "./units.ts";

export interface CalendarDay {
  readonly year: number;
  /** 1 is January. */
  readonly month: number;
  /** 1 is the first of the month. */
  readonly day: number;
}

/** As in ISO 8601, weeks begin on Monday. */
export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** Unix seconds of the first Monday, 1970-01-05T00:00:00: weeks are counted from it. */
export const FIRST_MONDAY = 4 * DAY;

/** Whether the month has that day: no year has a 30th of February. */
export function isCalendarDay({ year, month, day }: CalendarDay): boolean {
  return day >= 1 && day <= daysInMonth(year, month);
}

/** The number of days in a month; 0 where there is no such month. */
export function daysInMonth(year: number, month: number): number {
  return [31, isLeapYear(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
}

/** The number of a day. */
export function dayNumber({ year, month, day }: CalendarDay): number {
  const from = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return 365 * from + Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400) + dayOfYear - TO_1970;
}

/** The day of a number. */
export function calendarDay(number: number): CalendarDay {
  const shifted = number + TO_1970;
  const ofEra = ((shifted % ERA) + ERA) % ERA;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const dayOfYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = Math.floor(shifted / ERA) * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1 };
}

/** Years begin in March in this arithmetic, so that the leap day is their last: 400 of them are an era. */
const ERA = 146_097;
/** Days from 0000-03-01 to 1970-01-01. */
const TO_1970 = 719_468;

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}
