/** When occurrences begin: plain arithmetic, for figures and for the oracle of the generated tests. */
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

const DAY = 86_400;
const WEEK = 604_800;
/** 1970-01-05T00:00:00, a Monday: weeks are counted from it. */
export const MONDAY = 345_600;

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
    const first = MONDAY + start + Math.ceil((from - MONDAY - start) / WEEK) * WEEK;
    const count = Math.max(0, Math.ceil((to - first) / WEEK));
    return Array.from({ length: count }, (_, index) => first + index * WEEK);
  });
}

type Monthly = Extract<Occurrences, { readonly type: "monthly" }>;

function everyMonth({ day, time }: Monthly, from: number, to: number): number[] {
  const found: number[] = [];
  for (let each = Math.floor(from / DAY); each * DAY < to; each++) {
    const date = civil(each);
    const start = each * DAY + time;
    if (date.day === (day > 0 ? day : date.daysInMonth + 1 + day) && start >= from && start < to) found.push(start);
  }
  return found;
}

interface Civil {
  readonly day: number;
  readonly daysInMonth: number;
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
    day: dayOfYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
    daysInMonth: lengths[month - 1] ?? 0,
  };
}
