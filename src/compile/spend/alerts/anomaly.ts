/** An hour that is far more expensive than the same hour of each of the last three weeks, and expensive at all. */

import type { Expr } from "../../../promql/ast.ts";
import { binary, chain, number, offset, selector } from "../../../promql/build.ts";
import { exact } from "../../../promql/number.ts";
import { HOUR, HOUR_MS, WEEK_MS } from "../../../time/units.ts";
import { alerts, namedAt } from "../../alert-names.ts";
import { burnRecord, limitRecord } from "../../names.ts";
import type { AlertingRule } from "../../plan.ts";
import type { SpendMeasurement } from "../spend-measurement.ts";
import { amountInHour, amountOfLimit, limitName, resetAndTop, timesAWeekAgo } from "../spend-texts.ts";
import { ENFORCES_NOTHING } from "../words.ts";
import { type SpendContext, spendAlert } from "./alert.ts";

const WEEKS = [1, 2, 3] as const;

/** Whether Prometheus keeps the weeks that it compares with. */
export function hasAnomaly({ budget, platform }: Pick<SpendContext, "budget" | "platform">): boolean {
  const needed = (WEEKS.length * WEEK_MS + HOUR_MS) / 1000;
  return budget.anomaly !== undefined && (platform.retentionSeconds ?? needed) >= needed;
}

/** The burn from which on an hour is dear at all: half as much again as a week ago is then over a whole limit more. */
export function leastBurn(ratio: number): number {
  return exact(Number(((1 + ratio) / ratio).toPrecision(3)));
}

export function anomalyAlert(context: SpendContext): AlertingRule[] {
  const { budget, measurement } = context;
  const { anomaly } = budget;
  if (!anomaly || !hasAnomaly(context)) return [];
  const hour = selector(burnRecord(HOUR), measurement.base.id);
  const weeks = WEEKS.map((week) => {
    const then = offset(hour, week * WEEK_MS);
    return binary(">", hour, binary("*", number(exact(1 + anomaly.ratio)), then));
  });
  return [
    spendAlert(
      {
        ...namedAt(alerts.anomaly, anomaly.severity),
        expr: chain("and", dear(anomaly.atLeast, anomaly.ratio, measurement), ...weeks),
        summary: {
          template: `${limitName(context)}: ${amountInHour(measurement)} in an hour${timesAWeekAgo(measurement)}`,
        },
        description: {
          template: `The last hour cost over ${Math.round(anomaly.ratio * 100)}% more than the same hour in each of the last three weeks. So far ${amountOfLimit(measurement)}.${resetAndTop(context)} ${ENFORCES_NOTHING}`,
        },
        forSeconds: 900,
      },
      context,
    ),
  ];
}

function dear(atLeast: number | undefined, ratio: number, measurement: SpendMeasurement): Expr {
  const { budget, base, periodSeconds } = measurement;
  const hour = selector(burnRecord(HOUR), base.id);
  if (atLeast === undefined) return binary(">", hour, number(leastBurn(ratio)));
  const limit = selector(limitRecord(budget), base.id);
  const matching = { type: "on", labels: budget.by, group: "left", include: [] } as const;
  const perPeriod = exact((atLeast * leastBurn(ratio) * periodSeconds) / HOUR);
  return binary(">", binary("*", hour, limit, matching), number(perPeriod));
}
