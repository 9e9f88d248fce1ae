/** What happened in each group since the last evaluation, by measurement, and what it cost. */
import type { Expr } from "../../promql/ast.ts";
import { chain, withLabel } from "../../promql/build.ts";
import { increments } from "../../sli/base.ts";
import { kindOf } from "../../sli/index.ts";
import type { ParsedMetric } from "../../sli/metric.ts";
import type { ExperimentMeasure } from "./measure.ts";

/** Events of all measurements, told apart by the label `sli`. */
export function eventsNow(measure: ExperimentMeasure, which: "total" | "bad"): Expr {
  const parts = measure.experiment.slis.map(({ name, sli }) => {
    const base = { ...measure.base, id: { ...measure.base.id, sli: name } };
    const { total, part } = kindOf(sli).counts(sli, base);
    return withLabel(which === "total" ? total : part.expr, "sli", name);
  });
  return chain("or", ...parts);
}

/** What was paid, or what it was paid for. */
export function paidNow({ base }: ExperimentMeasure, metric: ParsedMetric): Expr {
  return increments(metric, base);
}
