/**
 * An hour that is far dearer than the same hour of past weeks. Both floors must be passed, and it must be dearer than
 * the dearest of them: what happens every other week is no anomaly.
 */
import { nominalSeconds } from "../../model/to-budget.ts";
import type { Expr } from "../../promql/ast.ts";
import { aggregate, binary, chain, number, selector, withLabel } from "../../promql/build.ts";
import { DAY_MS, HOUR_MS } from "../../promql/duration.ts";
import { exact } from "../../promql/number.ts";
import type { AlertingRule } from "../plan.ts";
import { type BudgetContext, budgetAlert, ofScope } from "./alert.ts";
import type { BudgetMeasure } from "./measure.ts";
import { anomalyAlertName, hourRecord, limitRecord, SCOPE } from "./names.ts";
import { idAnd } from "./sums.ts";

const WEEKS = [1, 2, 3] as const;
/** Of three weeks two must be there: one that is missing makes it no guess. */
const LEAST_WEEKS = 2;

/** Whether Prometheus keeps the weeks that it compares with. */
export function hasAnomaly({ budget, platform }: Pick<BudgetContext, "budget" | "platform">): boolean {
  const needed = (WEEKS.length * 7 * DAY_MS + HOUR_MS) / 1000;
  return budget.anomaly !== undefined && (platform.retentionSeconds ?? needed) >= needed;
}

export function anomalyAlert(context: BudgetContext): AlertingRule[] {
  const { budget, measure } = context;
  const { anomaly } = budget;
  if (!anomaly || !hasAnomaly(context)) return [];
  const usual = aggregated(measure, "avg");
  const expr = chain(
    "and",
    binary(">", spent(measure), binary("*", usual, number(exact(1 + anomaly.ratio)))),
    binary(">", spent(measure), aggregated(measure, "max")),
    aboveFloor(measure, usual, anomaly.atLeast),
    binary(">=", aggregated(measure, "count"), number(LEAST_WEEKS)),
  );
  return [
    budgetAlert(
      {
        name: anomalyAlertName(anomaly.severity),
        tier: "anomaly",
        severity: anomaly.severity,
        expr,
        summary: { template: `Budget ${budget.id}${ofScope(context)} is being spent as in no week before.` },
        description: {
          template: `{{ $value | humanize }} ${budget.unit} within the hour: over ${Math.round(anomaly.ratio * 100)}% more than at this hour in past weeks.`,
        },
        forSeconds: 900,
      },
      context,
    ),
  ];
}

/** Without a floor of one's own: by as much as the limit allows for an hour. */
function aboveFloor(measure: BudgetMeasure, usual: Expr, atLeast: number | undefined): Expr {
  const excess = binary("-", spent(measure), usual);
  if (atLeast !== undefined) return binary(">", excess, number(atLeast));
  const limit = selector(limitRecord(measure.budget), measure.base.id);
  const perHour = binary("*", limit, number(exact(3600 / nominalSeconds(measure.budget.period))));
  return binary(">", excess, perHour, {
    type: "on",
    labels: [SCOPE, ...measure.budget.by],
    group: "left",
    include: [],
  });
}

function spent({ budget, base }: BudgetMeasure): Expr {
  return selector(hourRecord(budget), base.id);
}

/** The same hour of the past weeks, by limit. */
function aggregated(measure: BudgetMeasure, op: string): Expr {
  const { budget, base } = measure;
  const weeks = WEEKS.map((week) =>
    withLabel({ ...selector(hourRecord(budget), base.id), offsetMs: week * 7 * DAY_MS }, "week", String(week)),
  );
  return aggregate(op, idAnd(measure, [SCOPE, ...base.by]), chain("or", ...weeks));
}
