/** What happened in each group since the last evaluation, by measurement, and what it cost. */
import type { Expr } from "../../promql/ast.ts";
import { chain, withLabel } from "../../promql/build.ts";
import { increments } from "../../sli/base.ts";
import { kindOf } from "../../sli/index.ts";
import type { ParsedMetric } from "../../sli/metric.ts";
import type { ExperimentMeasure } from "./measure.ts";
import { experimentRecords } from "./names.ts";

/** Events of all measurements, told apart by the label `sli`. */
export function eventsNow(measure: ExperimentMeasure, which: "total" | "bad"): Expr {
  const parts = measure.experiment.slis.map(({ name, sli }) => {
    const base = { ...measure.base, id: { ...measure.base.id, sli: name } };
    const counted = ofExperiment(kindOf(sli).counts(sli, base)[which]);
    return withLabel(counted, "sli", name);
  });
  return chain("or", ...parts);
}

/** What was paid, or what it was paid for. */
export function paidNow({ base }: ExperimentMeasure, metric: ParsedMetric): Expr {
  return increments(metric, base);
}

/** Kinds that fill missing bad events from the total read what the rule before has written: here, of the experiment. */
function ofExperiment(expr: Expr): Expr {
  switch (expr.node) {
    case "selector":
      return expr.metric === "slo:total:increase" ? { ...expr, metric: experimentRecords.total } : expr;
    case "call":
      return { ...expr, args: expr.args.map(ofExperiment) };
    case "aggregation":
    case "subquery":
      return { ...expr, expr: ofExperiment(expr.expr) };
    case "binary":
      return { ...expr, left: ofExperiment(expr.left), right: ofExperiment(expr.right) };
    default:
      return expr;
  }
}
