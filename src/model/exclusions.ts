/** Exclusions: times in which nothing counts, once or by a rule. */
import { z } from "zod";
import { fault, refuse, secondsSchema } from "../sli/metric.ts";
import { durationSchema } from "./durations.ts";
import { utcOffsetSeconds } from "./period.ts";
import { readRule } from "./recurrence.ts";
import type { Exclusion } from "./service.ts";
import { proseSchema } from "./texts.ts";

const DAY = 86_400;
const LONGEST_DAYS = 31;

const reasonSchema = proseSchema.refine((text) => text.trim() !== "", {
  error: "an exclusion without a reason",
  params: fault("bad-value", "Say in `reason` why nothing counts then."),
});

const once = z.strictObject({ reason: reasonSchema, from: z.string(), to: z.string() });

const recurring = z.strictObject({
  reason: reasonSchema,
  rrule: z.string(),
  duration: durationSchema,
  from: z.string().optional(),
  offset: z.string().optional(),
});

/** A one-off exclusion, or a recurring one. */
export const exclusionSchema = z.union([once, recurring]).transform((declared, context): Exclusion => {
  return "rrule" in declared ? readRecurring(declared, context) : readOnce(declared, context);
});

type Context = Parameters<typeof refuse>[0];

function readOnce({ reason, from, to }: z.output<typeof once>, context: Context): Exclusion {
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

function readRecurring(declared: z.output<typeof recurring>, context: Context): Exclusion {
  const { reason, rrule, duration, from, offset = "+00:00" } = declared;
  const offsetSeconds = utcOffsetSeconds(offset);
  if (offsetSeconds === undefined)
    return refuse(context, "bad-exclusion", `${offset} is no fixed offset from UTC`, OFFSET_HINT);
  const first = from === undefined ? undefined : instant(from);
  if (from !== undefined && first === undefined) return badTime(from, context);
  const read = readRule(rrule, first === undefined ? undefined : first + offsetSeconds, offsetSeconds);
  if (!("occurrences" in read)) return refuse(context, "bad-exclusion", read.message, read.hint);
  const seconds = secondsSchema.safeParse(duration).data ?? 0;
  const problem = tooLong(seconds, read.occurrences.type === "periodic" ? read.occurrences.periodSeconds : undefined);
  if (problem !== undefined) return refuse(context, "bad-exclusion", ...problem);
  const place = offsetSeconds === 0 ? "UTC" : `UTC${offset}`;
  return { reason, when: `${rrule} for ${duration}, ${place}`, seconds, offsetSeconds, occurrences: read.occurrences };
}

const OFFSET_HINT =
  "Write it as `+01:00`. PromQL knows no daylight saving: take the hours that cover both, or list dates.";

function tooLong(seconds: number, period: number | undefined): [message: string, hint: string] | undefined {
  if (!Number.isInteger(seconds) || seconds < 60)
    return ["an exclusion shorter than a minute", "Give at least one minute, such as `1h`."];
  if (period !== undefined && seconds >= period)
    return ["it lasts until it begins again, so nothing would ever count", "Make `duration` shorter."];
  if (seconds > LONGEST_DAYS * DAY)
    return [`it lasts more than ${LONGEST_DAYS} days`, "Use `from` and `to`, or leave the SLO out."];
  return undefined;
}

function badTime(text: string, context: Context): never {
  return refuse(
    context,
    "bad-exclusion",
    `${JSON.stringify(text)} is no instant`,
    "Write the time with its offset, such as `2026-12-24T00:00:00Z` or `2026-12-24T00:00:00+01:00`.",
  );
}

const INSTANT = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?(Z|[+-]\d\d:\d\d)$/;

/** Unix seconds of an instant that says its offset; undefined for anything else, the 30th of February too. */
function instant(text: string): number | undefined {
  const [, year, month, day, hour, minute, second = "0", zone = ""] = INSTANT.exec(text) ?? [];
  const offset = zone === "Z" ? 0 : utcOffsetSeconds(zone);
  if (year === undefined || offset === undefined) return undefined;
  if (!isDay(Number(year), Number(month), Number(day))) return undefined;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const days = daysSinceEpoch(Number(year), Number(month), Number(day));
  return days * DAY + Number(hour) * 3600 + Number(minute) * 60 + Number(second) - offset;
}

function isDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day >= 1 && day <= (lengths[month - 1] ?? 0);
}

/** Years begin in March, so that the leap day is their last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const from = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return 365 * from + Math.floor(from / 4) - Math.floor(from / 100) + Math.floor(from / 400) + dayOfYear - 719_468;
}
