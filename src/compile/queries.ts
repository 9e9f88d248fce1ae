/** What dashboards and runbooks ask of an SLO. */
import type { Slo } from "../model/service.ts";
import type { Expr } from "../promql/ast.ts";
import { binary, number, selector } from "../promql/build.ts";
import type { Counts } from "../sli/kind.ts";
import { badSum, errorRatio, type Measure, totalSum } from "./measure.ts";
import { idLabels, records } from "./naming.ts";
import type { Queries } from "./plan.ts";
import type { Windows } from "./windows.ts";

/** Rates are of the last five minutes. */
const RATE_SECONDS = 300;

export function queries(slo: Slo, measure: Measure, windows: Windows, counts: Counts): Queries {
  const recorded = (record: string): Expr => selector(record, idLabels(slo));
  return {
    errorRatio: windows.ratio,
    ...rates(slo, measure),
    objective: recorded(records.objective),
    errorBudget: recorded(records.errorBudget),
    budgetRemaining: recorded(records.budgetRemaining),
    coverage: recorded(records.coverage),
    info: recorded(records.info),
    raw: { bad: counts.bad, total: counts.total },
  };
}

/** Good and bad per second; of a composite, the shares of each component. */
function rates(slo: Slo, measure: Measure): Pick<Queries, "goodRate" | "badRate"> {
  const bad = badSum(measure, RATE_SECONDS);
  const total = totalSum(measure, RATE_SECONDS);
  const shares = errorRatio(measure, RATE_SECONDS);
  if (slo.sli.kind === "composite") return { goodRate: binary("-", number(1), shares), badRate: shares };
  const perSecond = (sum: Expr): Expr => binary("/", sum, number(RATE_SECONDS));
  return { goodRate: perSecond(binary("-", total, bad)), badRate: perSecond(bad) };
}
