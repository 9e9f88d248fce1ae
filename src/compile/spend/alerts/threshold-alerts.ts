/** One alert for each share of the limit. They resolve when the next period begins. */
import { binary, number, selector } from "../../../promql/build.ts";
import type { AlertingRule } from "../../plan.ts";
import { percent, spendRecords, thresholdAlertName } from "../names.ts";
import { amountOfLimit, limitName, resetAndTop, shareOfLimit } from "../spend-texts.ts";
import { ENFORCES_NOTHING } from "../words.ts";
import { type SpendContext, spendAlert } from "./alert.ts";

export function thresholdAlerts(context: SpendContext): AlertingRule[] {
  const { budget, measure } = context;
  return budget.thresholds.map(({ at, severity }) =>
    spendAlert(
      {
        name: thresholdAlertName({ at, severity }),
        tier: `spent-${percent(at)}`,
        severity,
        expr: binary(">=", selector(spendRecords.used, measure.base.id), number(at)),
        summary: { template: `${limitName(context)}: ${amountOfLimit(measure)}` },
        description: {
          template: `${shareOfLimit(measure, spendRecords.used)} is spent.${resetAndTop(context)} ${ENFORCES_NOTHING}`,
        },
        forSeconds: 0,
        keepFiringForSeconds: 2 * measure.tileSeconds,
        labels: { threshold: percent(at) },
      },
      context,
    ),
  );
}
