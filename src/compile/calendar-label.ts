/**
 * Which calendar period a series belongs to, as a label: `slo_month="202602"`.
 * Only series of periods carry it: on the base it would split every burn window at midnight.
 */
import type { CalendarPeriod } from "../model/period.ts";
import type { Expr } from "../promql/ast.ts";
import { binary, call, on, text } from "../promql/build.ts";
import { type Calendar, periodId } from "./calendar.ts";
import type { Measure } from "./measure.ts";
import { calendarLabel } from "./naming.ts";

/** The series with the label of the current period; for several calendars with all their labels. */
export function dated(expr: Expr, measure: Measure, calendars: readonly CalendarPeriod[]): Expr {
  return calendars.reduce<Expr>((all, period) => {
    const matching = { ...on(), group: "left" as const, include: [calendarLabel(period.unit)] };
    return binary("*", all, current(measure, period), matching);
  }, expr);
}

/** Those of these series that belong to the current period. */
export function ofCurrent(expr: Expr, measure: Measure, calendars: readonly CalendarPeriod[]): Expr {
  return calendars.reduce<Expr>(
    (all, period) => binary("and", all, current(measure, period), on(calendarLabel(period.unit))),
    expr,
  );
}

/** Those of these series that belong to an earlier period. */
export function ofEarlier(expr: Expr, measure: Measure, period: CalendarPeriod): Expr {
  return binary("unless", expr, current(measure, period), on(calendarLabel(period.unit)));
}

/** The labels that series of these calendars carry. */
export function datedBy(calendars: readonly CalendarPeriod[]): string[] {
  return calendars.map(({ unit }) => calendarLabel(unit));
}

/** The calendar of a period, as the calendar's functions want it. */
export function calendarOf({ unit, offsetSeconds }: CalendarPeriod): Calendar {
  return { period: unit, offsetSeconds };
}

/** Tiles are dated by their start: what ends at midnight belongs to the day that ends. */
function current(measure: Measure, period: CalendarPeriod): Expr {
  const id = periodId(calendarOf(period), measure.tileSeconds);
  return call("count_values", text(calendarLabel(period.unit)), id);
}
