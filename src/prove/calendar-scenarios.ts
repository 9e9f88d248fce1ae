/** Proofs that a calendar budget is spent by the period's own events, and is whole again when the next period begins. */
import { isCarried } from "../compile/calendar-period.ts";
import { budgetRemainingRecord, idLabels, records } from "../compile/naming.ts";
import type { SloPlan } from "../compile/plan.ts";
import { type CalendarPeriod, type CalendarUnit, type Period, periodWords } from "../model/period.ts";
import { printNumber } from "../promql/number.ts";
import type { Claim, Proof } from "./proof.ts";
import { runs, seriesName } from "./series-text.ts";
import { UNITS } from "./timeline.ts";

/** One proof for every calendar period that some SLO has: SLOs that differ only in names and numbers share it. */
export function proveCalendars(plans: readonly SloPlan[]): Proof[] {
  const shapes = new Map<string, Proof>();
  for (const plan of plans)
    for (const period of plan.slo.periods.filter(isCalendar)) {
      const shape = shapeOf(plan, period);
      if (!shapes.has(shape)) shapes.set(shape, proofOf(plan, period, shape));
    }
  return [...shapes.values()];
}

const DAY = 86_400;

/**
 * An end of each period at which a calendar is easily wrong, in Unix time, and the days of the periods before and after
 * it: 1 March 2028, a Monday, 1 April 2028, 1 January 2029.
 */
const boundaries = {
  day: { at: 1_835_481_600, before: 1, after: 1 },
  week: { at: 1_835_913_600, before: 7, after: 7 },
  month: { at: 1_835_481_600, before: 29, after: 31 },
  quarter: { at: 1_838_160_000, before: 91, after: 91 },
  year: { at: 1_861_920_000, before: 366, after: 365 },
} as const satisfies Readonly<Record<CalendarUnit, { at: number; before: number; after: number }>>;

const SPENT_SECONDS = 6 * 3600;
const WHOLE_SECONDS = 2 * 3600;
const SPENT_AGAIN_SECONDS = 3600;

function isCalendar(period: Period): period is CalendarPeriod {
  return period.kind === "calendar";
}

function shapeOf({ measure }: SloPlan, period: CalendarPeriod): string {
  const carried = isCarried(period, measure) ? ", carried" : "";
  return `${periodWords(period)}, base every ${measure.intervalSeconds}s${carried}`;
}

/** Whole tiles of a history around the period's boundary, evaluated at the boundary itself. */
interface History {
  readonly boundary: number;
  /** Seconds: bad before the boundary, good after it, bad again. */
  readonly bad: number;
  readonly good: number;
  readonly badAgain: number;
  readonly share: number;
}

function historyOf({ slo, measure }: SloPlan, { unit, offsetSeconds }: CalendarPeriod): History {
  const tiles = (seconds: number): number => Math.ceil(seconds / measure.tileSeconds) * measure.tileSeconds;
  return {
    boundary: boundaries[unit].at - offsetSeconds,
    bad: tiles(SPENT_SECONDS),
    good: tiles(WHOLE_SECONDS),
    badAgain: tiles(SPENT_AGAIN_SECONDS),
    share: Math.round(Math.min(1, 10 * slo.errorBudget) * 1e6) / 1e6,
  };
}

function proofOf(plan: SloPlan, period: CalendarPeriod, shape: string): Proof {
  const history = historyOf(plan, period);
  return {
    scenario: shape,
    name: `${plan.slo.name}: the budget of a ${periodWords(period)} is spent by what happened in it, and whole when the next one begins`,
    startSeconds: history.boundary - history.bad,
    everySeconds: plan.measure.intervalSeconds,
    input: inputOf(plan, history),
    claims: claimsOf(plan, period, history),
  };
}

function inputOf({ slo, measure, groupLabels }: SloPlan, { bad, good, badAgain, share }: History): Proof["input"] {
  const labels = { ...idLabels(slo), ...groupOf(groupLabels) };
  const ticks = (seconds: number, value: number): number[] =>
    Array<number>(Math.round(seconds / measure.intervalSeconds)).fill(value);
  const spent = UNITS * share;
  const values = [...ticks(bad + measure.intervalSeconds, spent), ...ticks(good, 0), ...ticks(badAgain, spent)];
  return [
    { series: seriesName(records.total, labels), values: runs(values.map(() => UNITS)) },
    { series: seriesName(records.bad, labels), values: runs(values) },
  ];
}

function claimsOf(plan: SloPlan, period: CalendarPeriod, { bad, good, badAgain, share }: History): Claim[] {
  const { slo, measure } = plan;
  const { before, after } = boundaries[period.unit];
  const left = (badSeconds: number, days: number): number => 1 - (badSeconds * share) / (days * DAY * slo.errorBudget);
  return [
    // The group is new, so only the time that it was there counts.
    claim(plan, period, bad, left(bad + measure.intervalSeconds, before)),
    claim(plan, period, bad + measure.tileSeconds, 1),
    claim(plan, period, bad + good, 1),
    claim(plan, period, bad + good + badAgain, left(badAgain, after)),
  ];
}

/** Sums in another order differ in the last digits. */
function claim({ slo, groupLabels }: SloPlan, period: CalendarPeriod, atSeconds: number, value: number): Claim {
  const labels = { ...idLabels(slo), ...groupOf(groupLabels) };
  const series = seriesName(budgetRemainingRecord(slo, period), labels);
  const query = `abs(${series} - ${printNumber(value)}) < bool 1e-6`.replace("- -", "+ ");
  return { atSeconds, query, samples: [{ labels: seriesName("", labels), value: 1 }] };
}

function groupOf(groupLabels: readonly string[]): Record<string, string> {
  return Object.fromEntries(groupLabels.map((label) => [label, "a"]));
}
