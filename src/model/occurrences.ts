/** When occurrences begin: plain arithmetic, for figures and for the oracle of the generated tests. */
import type { DayOfMonth, Occurrences } from "./recurrence.ts";

const DAY = 86_400;
/** 1970-01-05T00:00:00, a Monday: rhythms are counted from it. */
const MONDAY = 345_600;

/** Local Unix seconds of every start in [from, to), in order. */
export function startsBetween(occurrences: Occurrences, from: number, to: number): number[] {
  if (occurrences.type === "fixed") return occurrences.starts.filter((start) => start >= from && start < to);
  const low = Math.max(from, occurrences.since ?? from);
  const high = Math.min(to, occurrences.until === undefined ? to : occurrences.until + 1);
  const starts = occurrences.type === "periodic" ? rhythm(occurrences, low, high) : dated(occurrences, low, high);
  return starts.sort((a, b) => a - b);
}

type Of<Type extends Occurrences["type"]> = Extract<Occurrences, { readonly type: Type }>;

function rhythm({ periodSeconds, starts }: Of<"periodic">, from: number, to: number): number[] {
  return starts.flatMap((start) => {
    const first = MONDAY + start + Math.ceil((from - MONDAY - start) / periodSeconds) * periodSeconds;
    const count = Math.max(0, Math.ceil((to - first) / periodSeconds));
    return Array.from({ length: count }, (_, index) => first + index * periodSeconds);
  });
}

function dated({ months, days, times }: Of<"monthly">, from: number, to: number): number[] {
  const found: number[] = [];
  for (let day = Math.floor(from / DAY); day * DAY < to; day++) {
    const date = civil(day);
    if (months.length > 0 && !months.includes(date.month)) continue;
    if (!days.some((rule) => fits(rule, date))) continue;
    found.push(...times.map((time) => day * DAY + time).filter((start) => start >= from && start < to));
  }
  return found;
}

interface Civil {
  readonly month: number;
  readonly day: number;
  readonly daysInMonth: number;
  /** Sunday is 0. */
  readonly weekday: number;
}

function fits(rule: DayOfMonth, { day, daysInMonth, weekday }: Civil): boolean {
  if (rule.type === "day") return rule.day > 0 ? day === rule.day : day === daysInMonth + 1 + rule.day;
  if (rule.weekday !== weekday) return false;
  if (rule.nth === undefined) return true;
  return rule.nth > 0 ? Math.ceil(day / 7) === rule.nth : Math.ceil((daysInMonth - day + 1) / 7) === -rule.nth;
}

/** Years begin in March here, so that the leap day is their last: 400 of them are 146097 days. */
function civil(days: number): Civil {
  const shifted = days + 719_468;
  const ofEra = ((shifted % 146_097) + 146_097) % 146_097;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const dayOfYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * dayOfYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  const year = Math.floor(shifted / 146_097) * 400 + yearOfEra + (month <= 2 ? 1 : 0);
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const lengths = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return {
    month,
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
    daysInMonth: lengths[month - 1] ?? 0,
    weekday: (((days + 4) % 7) + 7) % 7,
  };
}
