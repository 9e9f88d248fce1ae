/** Spans of time: calendar windows, slices that the budget counts, and times in which nothing counts. */
import type { Duration, Weekday } from "./values.ts";

/** Slices of time, each good or bad as a whole. The budget counts slices. Made by `timeSlices()`. */
export interface TimeSlicesDeclaration {
  /** Named by the constructor. */
  readonly kind: "timeSlices";
  /** Length of a slice, an hour at most. `slice-too-short` below two scrapes or evaluations. */
  readonly slice: Duration;
  /** A slice is good when at least this percentage of its events is: `99`. */
  readonly target: number;
}

/** What the budget counts. */
export type BudgetingDeclaration = "events" | TimeSlicesDeclaration;

/** A period that starts with the calendar, at a fixed offset from UTC. */
export interface CalendarWindow {
  /** Its length. Weeks begin on Monday. */
  readonly calendar: "day" | "week" | "month" | "quarter" | "year";
  /** East of UTC, such as `"+01:00"`; default UTC. Daylight saving time cannot be followed: a zone's name is `bad-value`. */
  readonly offset?: string;
}

/** When a repeated time begins, and how long it lasts. */
interface TimeOfDay {
  /** When it begins, `HH:MM`. */
  readonly at: string;
  /** How long it lasts, a minute at least. */
  readonly for: Duration;
  /** `at` is local to this fixed offset from UTC, such as `+01:00`. Default UTC. */
  readonly offset?: string;
}

/** A time of every week. */
export interface WeeklyTime extends TimeOfDay {
  /** The days on which it begins. */
  readonly on: Weekday | readonly Weekday[];
}

/** A time of every month. */
export interface MonthlyTime extends TimeOfDay {
  /** The day on which it begins: 1 to 28, or the last day. */
  readonly day: number | "last";
}

interface Excluded {
  /** Why nothing counts then: `explain` and the runbook have it. */
  readonly reason: string;
}

/** A time in which nothing counts: from one instant to another, every week, or every month. Else `bad-exclusion`. */
export type ExclusionDeclaration = Excluded &
  (
    | {
        /** The first instant, with its offset from UTC: `2026-12-24T00:00:00Z`. */
        readonly from: string;
        /** The instant at which counting begins again, with its offset from UTC. */
        readonly to: string;
        readonly weekly?: never;
        readonly monthly?: never;
      }
    | {
        /** A time of every week. */
        readonly weekly: WeeklyTime;
        readonly from?: never;
        readonly to?: never;
        readonly monthly?: never;
      }
    | {
        /** A time of every month. */
        readonly monthly: MonthlyTime;
        readonly from?: never;
        readonly to?: never;
        readonly weekly?: never;
      }
  );
