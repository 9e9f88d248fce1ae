/** What is inexact in the figures of a budget, and by how much. */
import type { Plan, SpendPlan } from "../compile/plan.ts";
import { hasAnomaly } from "../compile/spend/alerts/anomaly.ts";
import { canForget } from "../compile/spend/alerts/broken.ts";
import { hasForecast } from "../compile/spend/alerts/forecast.ts";
import { isCalendar } from "../model/period.ts";
import type { SpendBudget } from "../model/service.ts";
import { printSeconds } from "../promql/duration.ts";
import { lookbackMs } from "../sli/counting/target.ts";
import { HOUR } from "../time/units.ts";
import type { Section } from "./section.ts";

export function inexactSection({ platform }: Plan, plan: SpendPlan): Section {
  const { budget, measurement } = plan;
  const { intervalSeconds, tileSeconds } = measurement;
  const shown = budget.scrapeSeconds + intervalSeconds + platform.settleSeconds;
  const rows = [
    ...calendarRows(plan, platform.settleSeconds),
    [
      "delay",
      `spending shows in the period's sum within ${printSeconds(shown + intervalSeconds + 2 * tileSeconds)}, in the burn rate within ${printSeconds(shown + intervalSeconds)}`,
    ],
    [
      "new targets",
      "the first reading of a new target is not counted, since it is not known when it was spent. A new series on an already-scraped target is counted from zero",
    ],
    ["restarts", `spend after a process's last scrape (at most ${printSeconds(budget.scrapeSeconds)}) is never seen`],
    [
      "gaps",
      `scrapes that fail for over ${printSeconds(lookbackMs(measurement.base) / 1000)} lose the spending of that time, and so does each missed evaluation (${printSeconds(intervalSeconds)})`,
    ],
    ...(budget.anomaly && !hasAnomaly({ budget, platform })
      ? [["anomaly", "is left out: it needs three weeks and an hour of retention"]]
      : []),
    ...(budget.meter.type === "prices"
      ? [["prices", "a price change applies from its deployment on; tokens counted before keep their price"]]
      : []),
    ...unitCostRows(budget),
    ...perUserRows(budget),
    ["the provider's invoice", "is authoritative: discounts, taxes and rounding are not in any counter"],
  ];
  return { title: "What is inexact", rows };
}

/** Of periods that end. */
function calendarRows({ budget, measurement }: SpendPlan, settleSeconds: number): string[][] {
  if (!measurement.calendar) return [];
  const edge = printSeconds(edgeSeconds(budget, settleSeconds, measurement.tileSeconds));
  const isDay = measurement.calendar.unit === "day";
  return [
    ["where a period ends", `up to ${edge} of spend may count for the neighbouring period`],
    ...(canForget(measurement)
      ? [
          [
            "the sum",
            "is carried from one evaluation to the next: after three days without any it starts over, and BudgetBroken reports it",
          ],
        ]
      : []),
    ...(hasForecast(measurement) && isDay
      ? [["forecast", "ignores daily patterns: a peak-hour rate is assumed to continue"]]
      : []),
  ];
}

function unitCostRows({ requests, tokens, unitCost }: SpendBudget): string[][] {
  if (!requests && !tokens && unitCost.per1kTokens === undefined) return [];
  return [["unit cost", "divides by an increase over the hour, which Prometheus extrapolates: a percent or two"]];
}

/** A whole tile, where the turn lies within one. */
function edgeSeconds(budget: SpendBudget, settleSeconds: number, tileSeconds: number): number {
  const offset = isCalendar(budget.period) ? budget.period.offsetSeconds : 0;
  const within = offset % tileSeconds === 0 && HOUR % tileSeconds === 0 ? 0 : tileSeconds / 2;
  return within + settleSeconds + budget.evaluationSeconds + budget.scrapeSeconds;
}

function perUserRows({ activeUsers }: SpendBudget): string[][] {
  if (!activeUsers) return [];
  const words =
    "is a mean, and as right as its gauge: one that does not reset with the period makes its first hours look cheap";
  return [["per user", words]];
}
