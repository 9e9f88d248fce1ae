/**
 * Recurrence rules (RFC 5545) as occurrences that PromQL can tell: at fixed times, in a fixed rhythm, or on days of the
 * month. A library reads the rule and says when it occurs; what depends on more than a calendar without daylight
 * saving is refused.
 */
import ICAL from "ical.js";

/** When something begins. Times are Unix seconds, local to the exclusion's offset from UTC. */
export type Occurrences =
  | { readonly type: "fixed"; readonly starts: readonly number[] }
  | {
      readonly type: "periodic";
      readonly periodSeconds: number;
      /** Within one period, counted from 1970-01-05T00:00:00, a Monday. */
      readonly starts: readonly number[];
      readonly since?: number;
      readonly until?: number;
    }
  | {
      readonly type: "monthly";
      /** 1 to 12; empty: every month. */
      readonly months: readonly number[];
      readonly days: readonly DayOfMonth[];
      /** Seconds after midnight. */
      readonly times: readonly number[];
      readonly since?: number;
      readonly until?: number;
    };

/** The 15th, the last day (-1), every Sunday, the first Sunday (1), the last one (-1). Sunday is 0. */
export type DayOfMonth =
  | { readonly type: "day"; readonly day: number }
  | { readonly type: "weekday"; readonly weekday: number; readonly nth?: number };

/** What a rule means, or why it cannot be written in PromQL and what to do. */
export type ReadRule = { readonly occurrences: Occurrences } | { readonly message: string; readonly hint: string };

/** More would make an expression that nobody can read. */
const MOST_STARTS = 48;
const MOST_DATES = 200;
/** So many starts show a rhythm. */
const MOST_CHECKED = 5000;

const DAY = 86_400;
const WEEK = 604_800;
/** Long enough to hold an occurrence of whatever happens at least once a year. */
const LOOK_BACK = 800 * DAY;
const UNITS = { SECONDLY: 1, MINUTELY: 60, HOURLY: 3600, DAILY: DAY, WEEKLY: WEEK } as const;
const PARTS = ["BYMONTH", "BYMONTHDAY", "BYDAY", "BYHOUR", "BYMINUTE", "BYSECOND"];
const KEYS = ["FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", ...PARTS];

/**
 * Reads an RRULE.
 *
 * @param first - When it occurs first (DTSTART), local Unix seconds; a rule that counts from somewhere needs it.
 * @param offsetSeconds - East of UTC: an `UNTIL` that ends in Z is not local.
 */
export function readRule(text: string, first?: number, offsetSeconds = 0): ReadRule {
  const unknown = strangeKeys(text);
  if (unknown.length > 0) return notExpressible(`\`${unknown[0]}\` is none of ${KEYS.join(", ")}`);
  const rule = parsed(text, offsetSeconds);
  if (typeof rule === "string") return { message: `the rule does not read: ${rule}`, hint: RULE_HINT };
  const vague = vagueness(rule, first);
  if (vague !== undefined) return vague;
  if (rule.count) return counted(rule, first ?? 0);
  if (rule.freq === "MONTHLY" || rule.freq === "YEARLY" || rule.parts.BYMONTH || rule.parts.BYMONTHDAY)
    return monthly(rule, first);
  return periodic(rule, first);
}

type Rule = InstanceType<typeof ICAL.Recur>;

const RULE_HINT = "Write it as `FREQ=WEEKLY;BYDAY=SU;BYHOUR=2;BYMINUTE=0`.";

function strangeKeys(text: string): string[] {
  return text
    .split(";")
    .map((part) => part.split("=")[0]?.trim().toUpperCase() ?? "")
    .filter((key) => !KEYS.includes(key));
}

function parsed(text: string, offsetSeconds: number): Rule | string {
  try {
    const rule = ICAL.Recur.fromString(text.trim().toUpperCase());
    if (rule.until) rule.until = timeOf(rule.until.toUnixTime() + (/UNTIL=\w+Z/i.test(text) ? offsetSeconds : 0));
    // The library takes a day's hours in the order in which they are written.
    for (const part of ["BYHOUR", "BYMINUTE", "BYSECOND"] as const) rule.parts[part]?.sort((a, b) => a - b);
    return (rule.freq as string | null) === null ? "it has no FREQ" : rule;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Without a first occurrence, only what the rule itself says fixes its times. */
function vagueness(rule: Rule, first: number | undefined): ReadRule | undefined {
  if (first !== undefined) return undefined;
  const { freq, interval, parts, count } = rule;
  const needs = { WEEKLY: ["BYDAY"], MONTHLY: ["BYMONTHDAY", "BYDAY"], YEARLY: ["BYMONTHDAY", "BYDAY"] }[
    freq as "WEEKLY"
  ];
  const named = (names: readonly string[]): boolean => names.some((name) => parts[name as "BYDAY"] !== undefined);
  if (interval > 1 || count) return vague("it counts from its first occurrence");
  if (needs && !named(needs)) return vague("it names no day");
  if (freq === "YEARLY" && !named(["BYMONTH"])) return vague("it names no month");
  if (!["HOURLY", "MINUTELY", "SECONDLY"].includes(freq) && !named(["BYHOUR"])) return vague("it names no hour");
  return undefined;
}

function vague(reason: string): ReadRule {
  return {
    message: `the rule does not say when: ${reason}`,
    hint: "Add the part, or give the first occurrence in `from`, such as 2026-12-06T02:00:00Z.",
  };
}

function notExpressible(reason: string): ReadRule {
  return {
    message: `the rule cannot be written in PromQL: ${reason}`,
    hint: "List the dates one by one with `from` and `to`, or use FREQ with BYDAY, BYMONTHDAY, BYMONTH, BYHOUR and BYMINUTE.",
  };
}

function counted(rule: Rule, first: number): ReadRule {
  const starts = startsWithin(rule, first, Number.POSITIVE_INFINITY, MOST_DATES + 1);
  if (starts.length > MOST_DATES) return notExpressible(`it occurs more than ${MOST_DATES} times`);
  return { occurrences: { type: "fixed", starts } };
}

/** What repeats after so many seconds: the starts of one period say everything. The shortest that repeats is taken. */
function periodic(rule: Rule, first: number | undefined): ReadRule {
  const step = rule.interval * UNITS[rule.freq as keyof typeof UNITS];
  const begin = first ?? MONDAY;
  const longest = leastCommonMultiple(step, WEEK);
  const all = startsWithin(unbounded(rule), begin, begin + 2 * longest, MOST_CHECKED);
  const end = all.length === MOST_CHECKED ? (all.at(-1) ?? begin) : begin + 2 * longest;
  const periods = [step, leastCommonMultiple(step, DAY), longest];
  const periodSeconds = periods.find((period) => repeats(all, period, begin, end));
  if (all.length === 0) return notExpressible("it never occurs");
  if (periodSeconds === undefined) return notExpressible("it does not repeat in a fixed rhythm");
  const starts = all.filter((start) => start < begin + periodSeconds);
  if (starts.length > MOST_STARTS) return notExpressible(`it occurs more than ${MOST_STARTS} times before it repeats`);
  const phases = starts.map((start) => modulo(start - MONDAY, periodSeconds)).sort((a, b) => a - b);
  return { occurrences: { type: "periodic", periodSeconds, starts: phases, ...bounds(rule, first) } };
}

/** Every start between two instants has one a period later, and one before. */
function repeats(starts: readonly number[], period: number, begin: number, end: number): boolean {
  if (begin + 2 * period > end) return false;
  const known = new Set(starts);
  return starts.every(
    (start) =>
      (start + period >= end || known.has(start + period)) && (start - period < begin || known.has(start - period)),
  );
}

/** 1970-01-05T00:00:00. */
const MONDAY = 345_600;

function monthly(rule: Rule, first: number | undefined): ReadRule {
  const { parts, freq } = rule;
  if (rule.interval > 1 || !["DAILY", "MONTHLY", "YEARLY"].includes(freq))
    return notExpressible("an interval or another frequency cannot be told from the month alone");
  const start = first === undefined ? undefined : timeOf(first);
  const months = numbers(parts.BYMONTH) ?? (freq === "YEARLY" && start ? [start.month] : []);
  const days = daysOf(rule, start?.day);
  if (typeof days === "string") return notExpressible(days);
  const times = timesOf(parts, start);
  if (times.length * days.length > MOST_STARTS) return notExpressible("it has too many days and hours");
  return { occurrences: { type: "monthly", months, days, times, ...bounds(rule, first) } };
}

type Parts = Rule["parts"];

function daysOf({ parts, freq }: Rule, firstDay: number | undefined): DayOfMonth[] | string {
  const monthDays = numbers(parts.BYMONTHDAY);
  if (parts.BYDAY && monthDays) return "BYDAY and BYMONTHDAY together";
  if (parts.BYDAY) {
    if (freq === "YEARLY" && !parts.BYMONTH && parts.BYDAY.some((day) => /\d/.test(String(day))))
      return "the nth weekday of a year";
    return parts.BYDAY.map(weekdayOf);
  }
  if (monthDays) return monthDays.map((day) => ({ type: "day", day }));
  if (freq === "DAILY") return Array.from({ length: 7 }, (_, weekday) => ({ type: "weekday" as const, weekday }));
  return firstDay === undefined ? "it names no day" : [{ type: "day", day: firstDay }];
}

const WEEKDAYS = ["SU", "MO", "TU", "WE", "TH", "FR", "SA"];

function weekdayOf(text: unknown): DayOfMonth {
  const [, nth = "", day = ""] = /^([+-]?\d*)([A-Z]{2})$/.exec(String(text)) ?? [];
  const weekday = WEEKDAYS.indexOf(day);
  return nth === "" ? { type: "weekday", weekday } : { type: "weekday", weekday, nth: Number(nth) };
}

function timesOf(parts: Parts, start: Moment | undefined): number[] {
  const hours = numbers(parts.BYHOUR) ?? [start?.hour ?? 0];
  const minutes = numbers(parts.BYMINUTE) ?? [start?.minute ?? 0];
  const seconds = numbers(parts.BYSECOND) ?? [start?.second ?? 0];
  return hours.flatMap((hour) => minutes.flatMap((minute) => seconds.map((each) => hour * 3600 + minute * 60 + each)));
}

function numbers(values: readonly unknown[] | undefined): number[] | undefined {
  return values?.map(Number);
}

type Moment = InstanceType<typeof ICAL.Time>;

function timeOf(seconds: number): Moment {
  const epoch = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, isDate: false };
  const time = new ICAL.Time(epoch, ICAL.Timezone.utcTimezone);
  time.fromUnixTime(seconds);
  return time;
}

function startsWithin(rule: Rule, from: number, to: number, most: number): number[] {
  const next = rule.iterator(timeOf(from));
  const found: number[] = [];
  while (found.length < most) {
    const time = next.next() as Moment | null | undefined;
    if (!time || time.toUnixTime() >= to) break;
    found.push(time.toUnixTime());
  }
  return found;
}

function unbounded(rule: Rule): Rule {
  const free = rule.clone();
  free.until = null;
  return free;
}

/** `since` is the first occurrence, and `until` the last one, which `UNTIL` may follow. */
function bounds(rule: Rule, first: number | undefined): { since?: number; until?: number } {
  const end = (rule.until as Moment | null)?.toUnixTime();
  const from = end === undefined ? 0 : Math.max(first ?? 0, end - LOOK_BACK);
  const last = end === undefined ? undefined : (startsWithin(rule, from, end + 1, MOST_STARTS * 800).at(-1) ?? end);
  return { ...(first === undefined ? {} : { since: first }), ...(last === undefined ? {} : { until: last }) };
}

function leastCommonMultiple(a: number, b: number): number {
  const divisor = (x: number, y: number): number => (y === 0 ? x : divisor(y, x % y));
  return (a * b) / divisor(a, b);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
