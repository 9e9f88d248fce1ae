/** Alerts on how fast money goes: burn in two windows, and the forecast for the end of the period. */

import type { SpendBurn } from "../../model/service.ts";
import { nominalSeconds } from "../../model/to-budget.ts";
import type { Expr } from "../../promql/ast.ts";
import { binary, number, on, selector } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { exact } from "../../promql/number.ts";
import { secondsLeft } from "../calendar.ts";
import type { AlertingRule } from "../plan.ts";
import { type BudgetContext, budgetAlert, ofScope } from "./alert.ts";
import { shareOfLimit } from "./limits.ts";
import type { BudgetMeasure } from "./measure.ts";
import { budgetRecords, spendBurnAlertName } from "./names.ts";
import { scopedWithin, timesAll } from "./sums.ts";
import { periodWords } from "./words.ts";

const HOUR = 3600;
const DAY = 86_400;

/** Multiples of the sustainable rate; the short window ends the alert soon after the spending does. */
export function spendBurnAlerts(context: BudgetContext): AlertingRule[] {
  return context.budget.burns.map((burn) => burnAlert(burn, context));
}

/** A burn's windows as whole tiles, the short one two at least. */
export function burnWindows(burn: SpendBurn, { tileSeconds }: BudgetMeasure): { long: number; short: number } {
  const tiles = (seconds: number, least: number): number =>
    Math.max(least, Math.ceil(seconds / tileSeconds)) * tileSeconds;
  return { long: tiles(burn.longSeconds, 3), short: tiles(burn.shortSeconds, 2) };
}

/** The share of the limit that a window may not exceed. */
export function burnShare({ budget }: BudgetMeasure, burn: number, seconds: number): number {
  return exact((burn * seconds) / nominalSeconds(budget.period));
}

function burnAlert(burn: SpendBurn, context: BudgetContext): AlertingRule {
  const { budget, measure } = context;
  const { long, short } = burnWindows(burn, measure);
  const over = (seconds: number): Expr =>
    binary(">", shareOfLimit(measure, scopedWithin(measure, seconds)), number(burnShare(measure, burn.burn, seconds)));
  return budgetAlert(
    {
      name: spendBurnAlertName(burn),
      tier: `burn-${burn.name}`,
      severity: burn.severity,
      expr: binary("and", over(long), over(short)),
      summary: { template: `Budget ${budget.id}${ofScope(context)} is being spent ${burn.burn} times too fast.` },
      description: {
        template: `{{ $value | humanizePercentage }} of what may be spent ${periodWords(budget)} went within ${printSeconds(long)}.`,
      },
      forSeconds: 0,
      labels: { long: printSeconds(long), short: printSeconds(short) },
    },
    context,
  );
}

/** How far back the pace is read: long enough for a day's course where the period has several days. */
export function paceSeconds({ calendar }: BudgetMeasure): number {
  if (calendar?.period === "quarter") return 7 * DAY;
  if (calendar?.period === "month") return 3 * DAY;
  return calendar?.period === "week" ? DAY : 6 * HOUR;
}

/** Whether the end of the period can be forecast: an hour is over before a forecast is of use. */
export function hasForecast({ budget, calendar }: BudgetMeasure): boolean {
  return budget.forecast && calendar !== undefined && calendar.period !== "hour";
}

/** Share of the limit that will be spent by the end of the period: what is spent, and the pace until then. */
export function forecastRatio(measure: BudgetMeasure): Expr {
  const { calendar, agoSeconds, base } = measure;
  if (!calendar) throw new Error("a rolling budget has no end to forecast");
  const seconds = paceSeconds(measure);
  const pace = binary("/", shareOfLimit(measure, scopedWithin(measure, seconds)), number(seconds));
  return binary("+", selector(budgetRecords.used, base.id), timesAll(pace, secondsLeft(calendar, agoSeconds)));
}

/** A tenth of the period and of the limit must be gone: before that, a forecast is a guess. */
export function forecastAlert(context: BudgetContext): AlertingRule[] {
  const { budget, measure } = context;
  if (!hasForecast(measure)) return [];
  const recorded = (record: string): Expr => selector(record, measure.base.id);
  const used = recorded(budgetRecords.used);
  const soFar = binary("and", binary(">", used, number(0.1)), binary("<", used, number(1)));
  const late = binary(">", recorded(budgetRecords.elapsed), number(0.1));
  const expr = binary(
    "and",
    binary("and", binary(">", recorded(budgetRecords.forecast), number(1)), soFar),
    late,
    on("slo_service", "budget"),
  );
  return [
    budgetAlert(
      {
        name: "BudgetForecast",
        tier: "forecast",
        severity: "ticket",
        expr,
        summary: { template: `Budget ${budget.id}${ofScope(context)} will not last.` },
        description: {
          template: `At the pace of the last ${printSeconds(paceSeconds(measure))}, {{ $value | humanizePercentage }} of what may be spent ${periodWords(budget)} will be spent by its end.`,
        },
        forSeconds: HOUR / 2,
      },
      context,
    ),
  ];
}
