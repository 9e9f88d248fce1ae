/** One alert for each share of the limit. They end when the next one reports it, or when the next period begins. */
import type { Expr } from "../../../promql/ast.ts";
import { binary, number, selector } from "../../../promql/build.ts";
import { percent, thresholdAlertName } from "../../alert-names.ts";
import { spendRecords } from "../../names.ts";
import type { AlertingRule } from "../../plan.ts";
import { amountOfLimit, limitName, resetAndTop, shareOfLimit } from "../spend-texts.ts";
import { ENFORCES_NOTHING } from "../words.ts";
import { type SpendContext, spendAlert } from "./alert.ts";
import { nextShare } from "./overtaken.ts";

export function thresholdAlerts(context: SpendContext): AlertingRule[] {
  const { budget, measurement } = context;
  return budget.thresholds.map(({ at, severity }) =>
    spendAlert(
      {
        name: thresholdAlertName({ at, severity }),
        tier: `spent-${percent(at)}`,
        severity,
        expr: spentFrom(at, nextShare({ at, severity }, budget), context),
        summary: { template: `${limitName(context)}: ${amountOfLimit(measurement)}` },
        description: {
          template: `${shareOfLimit(measurement, spendRecords.used)} is spent.${resetAndTop(context)} ${ENFORCES_NOTHING}`,
        },
        forSeconds: 0,
        keepFiringForSeconds: 2 * measurement.tileSeconds,
        labels: { threshold: percent(at) },
      },
      context,
    ),
  );
}

/** Up to the next share, whose alert says more. */
function spentFrom(at: number, next: number | undefined, { measurement }: SpendContext): Expr {
  const from = binary(">=", selector(spendRecords.used, measurement.base.id), number(at));
  return next === undefined ? from : binary("<", from, number(next));
}
