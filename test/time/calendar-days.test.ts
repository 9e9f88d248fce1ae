/** The calendar of the pure stages against JavaScript's own. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { calendarDay, dayNumber, daysInMonth, FIRST_MONDAY, isCalendarDay } from "../../src/time/calendar-days.ts";
import { DAY_MS } from "../../src/time/units.ts";

/** From the year 1600 to 2400, so with centuries that are leap years and such that are not. */
const numbers = fc.integer({ min: -135_140, max: 157_053 });

test("a number is the same day as in JavaScript, and back", () =>
  fc.assert(
    fc.property(numbers, (number) => {
      const date = new Date(number * DAY_MS);
      const expected = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
      expect(calendarDay(number)).toEqual(expected);
      expect(dayNumber(expected)).toBe(number);
      expect(isCalendarDay(expected)).toBe(true);
    }),
  ));

test("a month has as many days as in JavaScript", () =>
  fc.assert(
    fc.property(fc.integer({ min: 1600, max: 2400 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
      const length = new Date(Date.UTC(year, month, 0)).getUTCDate();
      expect(daysInMonth(year, month)).toBe(length);
      expect(isCalendarDay({ year, month, day: length + 1 })).toBe(false);
    }),
  ));

test.each([
  [0, 1],
  [13, 1],
  [1, 0],
  [Number.NaN, Number.NaN],
])("month %s, day %s does not exist", (month, day) => expect(isCalendarDay({ year: 2026, month, day })).toBe(false));

test("the first Monday is one", () => expect(new Date(FIRST_MONDAY * 1000).getUTCDay()).toBe(1));
