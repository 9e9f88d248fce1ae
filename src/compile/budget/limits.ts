/** Limits as series, and shares of them: what was spent against what may be. */
import type { Expr } from "../../promql/ast.ts";
import { aggregate, binary, chain, number, selector } from "../../promql/build.ts";
import { constant, labelled } from "./labelled.ts";
import type { BudgetMeasure } from "./measure.ts";
import { limitRecord, SCOPE } from "./names.ts";
import { recordedPeriod } from "./sums.ts";

/**
 * Every limit, one sample each. `limitEach` holds for every value that spent something in the period; a value's own
 * limit comes first, and `or` keeps the first of two.
 */
export function limitSeries(measure: BudgetMeasure): Expr {
  const { limit, limits, limitEach, by } = measure.budget;
  const all = limit === undefined ? [] : [constant(limit, { [SCOPE]: "all" })];
  const [label = ""] = by;
  const single = Object.entries(limits).map(([value, amount]) => constant(amount, { [label]: value, [SCOPE]: "each" }));
  const each = limitEach === undefined ? [] : [limitOfOthers(measure, limitEach)];
  return chain("or", ...all, ...single, ...each);
}

/** Per scope: spend over its limit. What has no limit has no share. */
export function shareOfLimit(measure: BudgetMeasure, spent: Expr): Expr {
  return binary("/", spent, limitSelector(measure), {
    type: "on",
    labels: [SCOPE, ...measure.budget.by],
    group: "left",
    include: [],
  });
}

function limitSelector({ budget, base }: BudgetMeasure): Expr {
  return selector(limitRecord(budget), base.id);
}

function limitOfOthers(measure: BudgetMeasure, amount: number): Expr {
  const values = aggregate("group", measure.budget.by, recordedPeriod(measure));
  return labelled(binary("*", values, number(amount)), { [SCOPE]: "each" });
}
