/** How a budget is measured: intervals, labels and the calendar that its rules share. */
import { isRolling, type PeriodUnit } from "../../model/period.ts";
import type { Platform, SpendBudget } from "../../model/service.ts";
import type { Expr, Selector } from "../../promql/ast.ts";
import { call, over, selector } from "../../promql/build.ts";
import type { Base } from "../../sli/counting/base.ts";
import { tileAge } from "../calendar.ts";
import { countedBy } from "../counted-by.ts";
import { increaseRecord, spendLabels, tileRecord } from "../names.ts";
import { tileLength } from "../tiling.ts";

/** Times in seconds. */
export interface SpendMeasurement {
  readonly budget: SpendBudget;
  readonly base: Base;
  readonly intervalSeconds: number;
  /** A whole number of intervals, no more than 4m: a sample that is 5m old is invisible. */
  readonly tileSeconds: number;
  /** Undefined for a rolling period. */
  readonly calendar: SpendCalendar | undefined;
  /** Of the calendar, nominal: a month has 30 days. */
  readonly periodSeconds: number;
}

export interface SpendCalendar {
  readonly unit: PeriodUnit;
  readonly offsetSeconds: number;
  /** How old what is added to a period's sum may be: its tile belongs to the period in which most of it was spent. */
  readonly ageSeconds: number;
}

export function spendMeasurement(budget: SpendBudget, platform: Platform): SpendMeasurement {
  const intervalSeconds = budget.evaluationSeconds;
  return {
    budget,
    base: baseOf(budget, platform),
    intervalSeconds,
    tileSeconds: tileLength(intervalSeconds),
    calendar: calendarOf(budget, intervalSeconds + platform.settleSeconds),
    periodSeconds: budget.period.seconds,
  };
}

/** Labels of a share of a limit. */
export function limitLabels({ budget, base }: SpendMeasurement): string[] {
  return [...budget.by, ...base.identity];
}

/** What was spent within the last so many seconds, by the budget's labels. */
export function spentWithin(seconds: number, from: "base" | "tiles", measurement: SpendMeasurement): Expr {
  const spent = from === "base" ? increase(measurement) : tiles(measurement);
  return call("sum_over_time", over(spent, seconds * 1000));
}

/** What was spent since the last evaluation, as recorded. */
export function increase({ budget, base }: SpendMeasurement): Selector {
  return selector(increaseRecord(budget), base.id);
}

/** Some minutes of it in one sample. */
export function tiles({ budget, base, tileSeconds }: SpendMeasurement): Selector {
  return selector(tileRecord(increaseRecord(budget), tileSeconds), base.id);
}

function calendarOf({ period, evaluationSeconds }: SpendBudget, readSeconds: number): SpendCalendar | undefined {
  if (isRolling(period)) return undefined;
  const tileSeconds = tileLength(evaluationSeconds);
  const lateTiles = Math.round(readSeconds / tileSeconds);
  return {
    unit: period.unit,
    offsetSeconds: period.offsetSeconds,
    ageSeconds: tileAge(tileSeconds) + lateTiles * tileSeconds,
  };
}

function baseOf(budget: SpendBudget, platform: Platform): Base {
  return {
    ...countedBy(budget.by, budget, platform),
    id: spendLabels(budget),
    noTraffic: "ignore",
  };
}
