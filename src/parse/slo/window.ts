/** The window of an SLO: rolling, a period of the calendar, or several of them. */
import { z } from "zod";
import type { SloDeclaration } from "../../declare/declaration.ts";
import type { IssueCode } from "../../issue.ts";
import {
  type CalendarUnit,
  calendarPeriod,
  calendarUnits,
  isCalendar,
  type Period,
  type Periods,
  periodName,
  rolling,
} from "../../model/period.ts";
import { suggestDuration } from "../../promql/duration.ts";
import { noDuration, secondsSchema } from "../../sli/duration.ts";
import { fault } from "../../sli/fault.ts";
import { DAY, HOUR } from "../../time/units.ts";
import { utcOffsetSeconds } from "../../time/utc-offset.ts";
import { nearest } from "../read/nearest.ts";
import { isRecord } from "../read/plain-data.ts";

const LONGEST_DAYS = 366;
const MOST_PERIODS = 4;

export const DEFAULT_PERIODS: Periods = [rolling(30 * DAY)];

const calendar = z.looseObject({ calendar: z.unknown().optional() });

/** One window or several, the primary one first. */
export const windowSchema = z
  .union([z.string(), calendar, z.array(z.unknown())])
  .transform((window, context): Periods => {
    const found = Array.isArray(window) ? readAll(window) : readOne(window, []);
    for (const { path, message, code, hint } of found.problems)
      context.addIssue({ code: "custom", path: [...path], message, params: fault(code, hint) });
    return found.problems.length > 0 ? z.NEVER : (found.periods as unknown as Periods);
  }) as unknown as z.ZodType<Periods, NonNullable<SloDeclaration["window"]>>;

type Path = readonly (string | number)[];

interface WindowProblem {
  readonly code: IssueCode;
  readonly path: Path;
  readonly message: string;
  readonly hint: string;
}

interface Found {
  readonly periods: readonly Period[];
  readonly problems: readonly WindowProblem[];
}

function readAll(windows: readonly unknown[]): Found {
  const found = windows.map((window, index) => readOne(window, [index]));
  const periods = found.flatMap((each) => each.periods);
  const problems = found.flatMap((each) => each.problems);
  return { periods, problems: problems.length > 0 ? problems : together(periods) };
}

/** Problems of windows that are sound by themselves. */
function together(periods: readonly Period[]): WindowProblem[] {
  if (periods.length === 0 || periods.length > MOST_PERIODS)
    return [problem("bad-value", [], `${periods.length} windows are not between 1 and ${MOST_PERIODS}`, MANY_HINT)];
  return [...duplicatesIn(periods), ...twoOffsets(periods)];
}

const MANY_HINT = "Keep those that somebody looks at: the first one scales the alerts.";

function duplicatesIn(periods: readonly Period[]): WindowProblem[] {
  const names = periods.map(periodName);
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [problem("duplicate-id", [index], `the window \`${name}\` is there twice`, "Name every window once.")],
  );
}

function twoOffsets(periods: readonly Period[]): WindowProblem[] {
  const [first, ...rest] = periods.filter(isCalendar);
  if (!first || rest.every(({ offsetSeconds }) => offsetSeconds === first.offsetSeconds)) return [];
  const hint = "Give all calendar windows of an SLO one offset: one organisation closes its books at one midnight.";
  return [problem("bad-value", [], "two calendar windows of this SLO have different offsets", hint)];
}

function readOne(window: unknown, path: Path): Found {
  if (typeof window === "string") return readRolling(window, path);
  if (isRecord(window)) return readCalendar(window, path);
  return refused(problem("wrong-type", path, "it is not a window", 'Write "30d", or { calendar: "month" }.'));
}

function readRolling(text: string, path: Path): Found {
  const read = secondsSchema.safeParse(text);
  if (!read.success)
    return refused(
      problem("bad-duration", path, noDuration(text, suggestDuration(text), "a window"), durationHint(text)),
    );
  if (!inRange(text, read.data))
    return refused(
      problem(
        "window-out-of-range",
        path,
        `a window of ${text} is not between 1h and ${LONGEST_DAYS}d`,
        "Use 28d or 30d; 7d where the budget should come back sooner.",
      ),
    );
  return { periods: [rolling(read.data)], problems: [] };
}

function inRange(text: string, seconds: number): boolean {
  return !text.endsWith("ms") && seconds >= HOUR && seconds <= LONGEST_DAYS * DAY;
}

function durationHint(text: string): string {
  const unit = calendarUnits.find((each) => each === text);
  if (unit !== undefined) return `Write { calendar: "${unit}" }.`;
  const close = suggestDuration(text);
  if (close === undefined) return "Write a whole number and one unit, such as `30d`.";
  if (!inRange(close, secondsSchema.parse(close)))
    return `A window is between 1h and ${LONGEST_DAYS}d, such as \`30d\`.`;
  const period = CALENDAR_LENGTHS[close];
  const isNamed = period !== undefined && /(M|mo(nth)?s?|y(r|ears?)?)\s*$/.test(text);
  return isNamed ? `Write \`${close}\`, or { calendar: "${period}" }.` : `Write \`${close}\`.`;
}

/** Periods of the calendar that a length in months or years may mean. */
const CALENDAR_LENGTHS: Readonly<Record<string, CalendarUnit>> = {
  "30d": "month",
  "90d": "quarter",
  "360d": "year",
  "365d": "year",
};

function readCalendar(window: Readonly<Record<string, unknown>>, path: Path): Found {
  const unit = calendarUnits.find((each) => each === window.calendar);
  const offset = window.offset ?? "+00:00";
  const offsetSeconds = typeof offset === "string" ? utcOffsetSeconds(offset) : undefined;
  const problems = [
    ...Object.keys(window)
      .filter(isUnknown)
      .map((key) => unknownKey(key, path)),
    ...(unit === undefined ? [wrongUnit(window.calendar, path)] : []),
    ...(offsetSeconds === undefined ? [wrongOffset(offset, path)] : []),
  ];
  if (problems.length > 0) return { periods: [], problems };
  return { periods: [calendarPeriod(unit as CalendarUnit, offsetSeconds as number)], problems };
}

function isUnknown(key: string): boolean {
  return key !== "calendar" && key !== "offset";
}

function unknownKey(key: string, path: Path): WindowProblem {
  const zone = /zone|^tz$/i.test(key);
  const hint = zone ? OFFSET_HINT : "Known keys: calendar, offset.";
  return problem("unknown-key", [...path, key], `there is no key \`${key}\` here`, hint);
}

function wrongUnit(given: unknown, path: Path): WindowProblem {
  const at = [...path, "calendar"];
  const choice = calendarUnits.map((unit) => `\`${unit}\``).join(", ");
  if (given === undefined) return problem("missing-field", at, "`calendar` is missing", `Write one of ${choice}.`);
  const meant = typeof given === "string" ? nearest(given, calendarUnits) : undefined;
  const hint = meant === undefined ? `Write one of ${choice}.` : `Write \`${meant}\`; the choice is ${choice}.`;
  return problem("bad-value", at, `${JSON.stringify(given)} is not a calendar period`, hint);
}

const OFFSET_HINT =
  'Give the offset from UTC as it is in winter, such as offset: "+01:00": PromQL has no daylight saving time.';

function wrongOffset(given: unknown, path: Path): WindowProblem {
  const text = `${JSON.stringify(given)} is not a fixed offset from UTC`;
  return problem("bad-value", [...path, "offset"], text, OFFSET_HINT);
}

function problem(code: IssueCode, path: Path, message: string, hint: string): WindowProblem {
  return { code, path, message, hint };
}

function refused(one: WindowProblem): Found {
  return { periods: [], problems: [one] };
}
