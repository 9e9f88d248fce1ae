/** How a budget is measured: intervals, labels and the calendar that its rules share. */
import type { Budget, Platform } from "../../model/service.ts";
import { selector } from "../../promql/build.ts";
import type { Base } from "../../sli/base.ts";
import { type Calendar, longestSeconds, utcOffsetSeconds } from "../calendar.ts";
import { tileLength } from "../tiling.ts";
import { budgetLabels, budgetRecords, increaseRecord } from "./names.ts";

export interface BudgetMeasure {
  readonly budget: Budget;
  /** The exact base of SLOs, by the budget's labels. */
  readonly base: Base;
  readonly intervalSeconds: number;
  /** A whole number of intervals, no more than 4m: beyond that series would vanish between evaluations. */
  readonly tileSeconds: number;
  /** Undefined for a rolling period. */
  readonly calendar: Calendar | undefined;
  /** How far back an evaluation's spend begins: it is dated by that, so that midnight ends a day. */
  readonly agoSeconds: number;
  /** The longest that the period can be. */
  readonly periodSeconds: number;
  /**
   * The sum is carried on from tile to tile: Prometheus forgets the period's beginning before it ends, or the period has
   * so many tiles that reading them all each time would cost more than all the rest.
   */
  readonly carriesOn: boolean;
}

export function budgetMeasure(budget: Budget, platform: Platform): BudgetMeasure {
  const intervalSeconds = budget.evaluationSeconds;
  const calendar = calendarOf(budget);
  const periodSeconds = calendar ? longestSeconds[calendar.period] : rollingSeconds(budget);
  const { retentionSeconds: kept } = platform;
  return {
    budget,
    base: baseOf(budget, platform),
    intervalSeconds,
    tileSeconds: tileLength(intervalSeconds),
    calendar,
    agoSeconds: platform.settleSeconds + intervalSeconds,
    periodSeconds,
    carriesOn:
      calendar?.period === "quarter" || (calendar !== undefined && (kept ?? periodSeconds * 2) < periodSeconds + HOUR),
  };
}

const HOUR = 3600;
/** Money that was spent while nobody scraped is still in the counter afterwards: for an hour it is waited for. */
const LONGEST_GAP_MS = HOUR * 1000;

function calendarOf({ period }: Budget): Calendar | undefined {
  if (period.type === "rolling") return undefined;
  return { period: period.calendar, offsetSeconds: utcOffsetSeconds(period.offset) ?? 0 };
}

function rollingSeconds({ period }: Budget): number {
  return period.type === "rolling" ? period.seconds : 0;
}

function baseOf(budget: Budget, platform: Platform): Base {
  return {
    by: [...new Set([...budget.by, ...platform.identity])].sort(),
    identity: [...platform.identity].sort(),
    intervalMs: budget.evaluationSeconds * 1000,
    settleMs: platform.settleSeconds * 1000,
    scrapeMs: budget.scrapeSeconds * 1000,
    gapMs: LONGEST_GAP_MS,
    id: budgetLabels(budget),
    noTraffic: "ignore",
  };
}
