/** What an active user costs on average: spend of the period over a gauge of its users. It needs no label that names one. */
import type { Expr } from "../../promql/ast.ts";
import { binary, number, sumBy } from "../../promql/build.ts";
import { withWindow } from "../../sli/base.ts";
import type { ParsedMetric } from "../../sli/metric.ts";
import { labelled } from "./labelled.ts";
import type { BudgetMeasure } from "./measure.ts";
import { SCOPE } from "./names.ts";
import { recordedPeriod } from "./sums.ts";

/** For everything, and for each value of `by` that the gauge tells apart; nobody active, no sample. */
export function spentPerUser(measure: BudgetMeasure, users: ParsedMetric): Expr {
  const { base, budget } = measure;
  const mean = (by: readonly string[], scope: string): Expr => {
    const active = binary(">", sumBy(by, activeNow(users, measure)), number(0));
    return labelled(binary("/", sumBy(by, recordedPeriod(measure)), active), { [SCOPE]: scope });
  };
  const all = mean(base.identity, "all");
  return budget.by.length === 0 ? all : binary("or", all, mean(base.by, "each"));
}

function activeNow(users: ParsedMetric, { base }: BudgetMeasure): Expr {
  return users.type === "selector" ? users.selector : withWindow(users.text, 4 * base.scrapeMs);
}
