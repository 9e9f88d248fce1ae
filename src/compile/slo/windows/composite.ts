/**
 * Composites: every component has an error ratio of its own in each window, by its own events, and the composite's is
 * made of these. No ratio is averaged over time, and a component without traffic is left out.
 */
import type { Slo } from "../../../model/service.ts";
import type { Expr, Matching } from "../../../promql/ast.ts";
import { aggregateWithout, binary, call, number, selector } from "../../../promql/build.ts";
import { COMPONENT, type Composite } from "../../../sli/kinds/composite.ts";
import { componentRatioRecord, idLabels, records } from "../../names.ts";
import type { RecordingRule } from "../../plan.ts";

/** The components' recorded ratios of a window as one, by group. */
export function combinedRatio(seconds: number, sli: Composite, slo: Slo): Expr {
  return combined(selector(componentRatioRecord(seconds), idLabels(slo)), sli, slo);
}

/** The components' ratios as one, by group. */
export function combined(ratios: Expr, sli: Composite, slo: Slo): Expr {
  const over = (op: string, expr: Expr): Expr => aggregateWithout(op, [COMPONENT], expr);
  switch (sli.as) {
    case "worst":
      return over("max", ratios);
    case "weighted": {
      const weights = selector(records.componentWeight, idLabels(slo));
      const present = binary("*", number(0), ratios);
      const weighed = (op: "*" | "+", each: Expr): Expr => over("sum", binary(op, each, weights, onComponent));
      return binary("/", weighed("*", ratios), weighed("+", present));
    }
    case "serial":
      return binary("-", number(1), call("exp", over("sum", call("ln", goodShare(ratios)))));
  }
}

/** How much each component counts, where they differ in that. */
export function weightRules(slo: Slo): RecordingRule[] {
  const { sli } = slo;
  if (sli.kind !== "composite" || sli.as !== "weighted") return [];
  return sli.of.map((component) => ({
    type: "record",
    record: records.componentWeight,
    expr: call("vector", number(component.weight ?? 1)),
    labels: { ...idLabels(slo), [COMPONENT]: component.slo },
  }));
}

/** What the expression does, for whoever reads the rule. */
export function combinedWords({ as }: Composite): string {
  switch (as) {
    case "worst":
      return "The worst of the components.";
    case "weighted":
      return "The components' mean by weight; the sum of weights is of those that have traffic.";
    case "serial":
      return "What fails in any of them: 1 less the product of the good shares, as the exponential of a sum of logarithms.";
  }
}

const onComponent: Matching = { type: "on", labels: [COMPONENT], group: "left" };

/** The logarithm of what is below zero would be NaN, and poison the sum. */
function goodShare(ratios: Expr): Expr {
  return call("clamp_min", binary("-", number(1), ratios), number(0));
}
