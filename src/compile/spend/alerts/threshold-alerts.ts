/** One alert for each share of the limit. They resolve when the period begins anew. */

import { binary, number, selector } from "../../../promql/build.ts";
import { percent, thresholdAlertName } from "../../alert-names.ts";
import { spendRecords } from "../../names.ts";
import type { AlertingRule } from "../../plan.ts";
import { amountOfLimit, limitName, resetAndTop } from "../spend-texts.ts";
import { ENFORCES_NOTHING, periodWords } from "../words.ts";
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
          template: `{{ $value | humanizePercentage }} of what may be spent ${periodWords(budget)} is spent.${resetAndTop(context)} ${ENFORCES_NOTHING}`,
        },
        forSeconds: 0,
        keepFiringForSeconds: 2 * measure.tileSeconds,
        labels: { threshold: percent(at) },
      },
      context,
    ),
  );
}
