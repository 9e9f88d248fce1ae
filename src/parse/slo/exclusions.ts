/** Exclusions: times in which nothing counts, once, every week or every month. */
import { z } from "zod";
import type { Weekday } from "../../declare/declaration.ts";
import { longestPause, type Occurrences } from "../../model/occurrences.ts";
import type { Exclusion } from "../../model/service.ts";
import { secondsSchema } from "../../sli/duration.ts";
import { fault, refuse } from "../../sli/fault.ts";
import { dayNumber, isCalendarDay, WEEKDAYS } from "../../time/calendar-days.ts";
import { DAY, HOUR, MINUTE } from "../../time/units.ts";
import { utcOffsetSeconds } from "../../time/utc-offset.ts";
import { durationSchema } from "../text/durations.ts";
import { proseSchema } from "../text/texts.ts";

/** Shorter than the shortest month. */
const LONGEST_MONTHLY_DAYS = 27;

const reasonSchema = proseSchema.refine((text) => text.trim() !== "", {
  error: "an exclusion without a reason",
  params: fault("bad-value", "Say in `reason` why nothing counts then."),
});

const timeSchema = z.string().refine((text) => /^([01]\d|2[0-3]):[0-5]\d$/.test(text), {
  error: "it is not a time of day",
  params: fault("bad-exclusion", "Write hours and minutes, such as `02:00`."),
});

const offsetSchema = z.string().refine((text) => utcOffsetSeconds(text) !== undefined, {
  error: "it is not a fixed offset from UTC",
  params: fault(
    "bad-exclusion",
    "Write it as `+01:00`. PromQL has no daylight saving time: take the hours that cover both, or list dates.",
  ),
});

const lengthSchema = durationSchema.refine((text) => (secondsSchema.safeParse(text).data ?? 60) >= 60, {
  error: "an exclusion shorter than a minute",
  params: fault("bad-exclusion", "Give at least one minute, such as `1h`."),
});

const daySchema = z.union([z.number(), z.literal("last")]).refine((day) => day === "last" || isInEveryMonth(day), {
  error: "it is not a day of every month",
  params: fault("bad-exclusion", 'Give a day from 1 to 28, or `"last"`.'),
});

const weekday = z.enum(WEEKDAYS);
const daysSchema = z
  .union([weekday, z.array(weekday).min(1, { error: "the list of days is empty" })])
  .transform((on) => WEEKDAYS.filter((day) => on.includes(day)));

const clock = { at: timeSchema, for: lengthSchema, offset: offsetSchema.optional() };

/** One time, given by its ends, or one of every week or month. */
export const exclusionSchema = z
  .strictObject({
    reason: reasonSchema,
    from: z.string().optional(),
    to: z.string().optional(),
    weekly: z.strictObject({ on: daysSchema, ...clock }).optional(),
    monthly: z.strictObject({ day: daySchema, ...clock }).optional(),
  })
  .transform((declared, context): Exclusion => {
    const { reason, from, to, weekly, monthly } = declared;
    const isDated = from !== undefined || to !== undefined;
    if ([isDated, weekly, monthly].filter(Boolean).length !== 1)
      return refuse(context, "bad-exclusion", "it does not say when, or says it in two ways", FORMS_HINT);
    if (weekly) return everyWeek(reason, weekly, context);
    if (monthly) return everyMonth(reason, monthly, context);
    return once(reason, from, to, context);
  });

const FORMS_HINT = "Give `from` and `to`, or `weekly`, or `monthly`.";

type Context = Parameters<typeof refuse>[0];

function isInEveryMonth(day: number): boolean {
  return Number.isInteger(day) && day >= 1 && day <= 28;
}

function once(reason: string, from: string | undefined, to: string | undefined, context: Context): Exclusion {
  if (from === undefined || to === undefined)
    return refuse(context, "bad-exclusion", "it has one end only", "Give both `from` and `to`.");
  const [start, end] = [instant(from), instant(to)];
  if (start === undefined || end === undefined) return badTime(start === undefined ? from : to, context);
  if (end <= start) return refuse(context, "bad-exclusion", "it ends before it begins", "Give a later `to`.");
  return {
    reason,
    when: `${from} to ${to}`,
    seconds: end - start,
    offsetSeconds: 0,
    occurrences: { type: "fixed", starts: [start] },
  };
}

interface Clock {
  readonly at: string;
  readonly for: string;
  readonly offset?: string | undefined;
}

function everyWeek(reason: string, weekly: Clock & { readonly on: readonly Weekday[] }, context: Context): Exclusion {
  const starts = weekly.on.map((day) => WEEKDAYS.indexOf(day) * DAY + secondsOf(weekly.at));
  const occurrences: Occurrences = { type: "weekly", starts };
  if (lengthOf(weekly) >= (longestPause(occurrences) ?? 0))
    return refuse(
      context,
      "bad-exclusion",
      "it lasts until it begins again, so nothing would ever count",
      "Make `for` shorter.",
    );
  return repeated(reason, `every ${weekly.on.map(capital).join(", ")}`, weekly, occurrences);
}

function everyMonth(reason: string, monthly: Clock & { readonly day: number | "last" }, context: Context): Exclusion {
  if (lengthOf(monthly) > LONGEST_MONTHLY_DAYS * DAY)
    return refuse(
      context,
      "bad-exclusion",
      `it lasts more than ${LONGEST_MONTHLY_DAYS} days of every month`,
      "Use `from` and `to`, or leave the SLO out.",
    );
  const words = monthly.day === "last" ? "on the last day of every month" : `on day ${monthly.day} of every month`;
  const day = monthly.day === "last" ? -1 : monthly.day;
  return repeated(reason, words, monthly, { type: "monthly", day, time: secondsOf(monthly.at) });
}

function repeated(reason: string, days: string, clock: Clock, occurrences: Occurrences): Exclusion {
  const offsetSeconds = clock.offset === undefined ? 0 : (utcOffsetSeconds(clock.offset) ?? 0);
  const place = offsetSeconds === 0 ? "UTC" : `UTC${clock.offset}`;
  const when = `${days} at ${clock.at} for ${clock.for}, ${place}`;
  return { reason, when, seconds: lengthOf(clock), offsetSeconds, occurrences };
}

function capital(day: string): string {
  return day.slice(0, 1).toUpperCase() + day.slice(1);
}

function lengthOf(clock: Clock): number {
  return secondsSchema.safeParse(clock.for).data ?? 0;
}

/** Since 00:00. */
function secondsOf(time: string): number {
  const [hours, minutes] = time.split(":").map(Number);
  return (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE;
}

function badTime(text: string, context: Context): never {
  return refuse(
    context,
    "bad-exclusion",
    `${JSON.stringify(text)} is not an instant`,
    "Write the time with its offset, such as `2026-12-24T00:00:00Z` or `2026-12-24T00:00:00+01:00`.",
  );
}

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)$/;

/** Unix seconds of an instant that says its offset; undefined for anything else, the 30th of February too. */
function instant(text: string): number | undefined {
  const [, year, month, day, hour, minute, second = "0", zone = ""] = INSTANT.exec(text) ?? [];
  const offset = zone === "Z" ? 0 : utcOffsetSeconds(zone);
  if (year === undefined || offset === undefined) return undefined;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  if (!isCalendarDay(date)) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  return dayNumber(date) * DAY + Number(hour) * HOUR + Number(minute) * MINUTE + Number(second) - offset;
}
