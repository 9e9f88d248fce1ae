/** When occurrences begin: plain arithmetic, for figures and for the oracle of the generated tests. */
import { calendarDay, daysInMonth, FIRST_MONDAY } from "../time/calendar-days.ts";
import { DAY, WEEK } from "../time/units.ts";

/** When something begins. Times are Unix seconds, local to the exclusion's offset from UTC. */
export type Occurrences =
  | { readonly type: "fixed"; readonly starts: readonly number[] }
  | {
      readonly type: "weekly";
      /** Seconds since Monday, 00:00, in order. */
      readonly starts: readonly number[];
    }
  | {
      readonly type: "monthly";
      /** -1 is the last one. */
      readonly day: number;
      /** Seconds since 00:00. */
      readonly time: number;
    };

/** Local Unix seconds of every start in [from, to), in order. */
export function startsBetween(occurrences: Occurrences, from: number, to: number): number[] {
  switch (occurrences.type) {
    case "fixed":
      return occurrences.starts.filter((start) => start >= from && start < to);
    case "weekly":
      return everyWeek(occurrences.starts, from, to).sort((a, b) => a - b);
    case "monthly":
      return everyMonth(occurrences, from, to);
  }
}

/** The longest time from one start to the next, in seconds; undefined where nothing is repeated within weeks. */
export function longestPause(occurrences: Occurrences): number | undefined {
  if (occurrences.type !== "weekly") return undefined;
  const { starts } = occurrences;
  return Math.max(...starts.map((start, index) => (starts[index + 1] ?? (starts[0] ?? 0) + WEEK) - start));
}

function everyWeek(starts: readonly number[], from: number, to: number): number[] {
  return starts.flatMap((start) => {
    const first = FIRST_MONDAY + start + Math.ceil((from - FIRST_MONDAY - start) / WEEK) * WEEK;
    const count = Math.max(0, Math.ceil((to - first) / WEEK));
    return Array.from({ length: count }, (_, index) => first + index * WEEK);
  });
}

type Monthly = Extract<Occurrences, { readonly type: "monthly" }>;

function everyMonth({ day, time }: Monthly, from: number, to: number): number[] {
  const found: number[] = [];
  for (let each = Math.floor(from / DAY); each * DAY < to; each++) {
    const date = calendarDay(each);
    const wanted = day > 0 ? day : daysInMonth(date.year, date.month) + 1 + day;
    const start = each * DAY + time;
    if (date.day === wanted && start >= from && start < to) found.push(start);
  }
  return found;
}
