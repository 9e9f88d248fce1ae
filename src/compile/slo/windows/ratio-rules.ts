/** The recorded error ratio of a window; of an SLO that is made of others, first that of each component. */
import type { Expr } from "../../../promql/ast.ts";
import { call, number, selector } from "../../../promql/build.ts";
import { combinationOf, componentsOf } from "../../../sli/index.ts";
import { COMPONENT } from "../../../sli/kinds/composite.ts";
import { componentRatioRecord, errorRatioRecord, records } from "../../names.ts";
import type { RecordingRule } from "../../plan.ts";
import type { SloContext } from "../alert.ts";
import { errorRatio, type Source } from "./windows.ts";

export function ratioRules(seconds: number, source: Source, context: SloContext): RecordingRule[] {
  const { slo, measurement } = context;
  const labels = measurement.base.id;
  const own = errorRatio(seconds, source, measurement);
  const combination = combinationOf(slo.sli);
  if (!combination) return [{ type: "record", record: errorRatioRecord(seconds), expr: own, labels }];
  const ratios = selector(componentRatioRecord(seconds), labels);
  return [
    { type: "record", record: componentRatioRecord(seconds), expr: own, labels },
    {
      type: "record",
      record: errorRatioRecord(seconds),
      expr: combined(ratios, context),
      labels,
      comment: combination.comment,
    },
  ];
}

/** The components' ratios as one, by group; any other SLO's ratio as it is. */
export function combined(ratios: Expr, { slo, measurement }: SloContext): Expr {
  const weights = selector(records.componentWeight, measurement.base.id);
  return combinationOf(slo.sli)?.ratio(ratios, weights) ?? ratios;
}

/** How much each component counts, where they differ in that. */
export function weightRules({ slo, measurement }: SloContext): RecordingRule[] {
  if (!combinationOf(slo.sli)?.isWeighted) return [];
  return componentsOf(slo.sli).map((component) => ({
    type: "record",
    record: records.componentWeight,
    expr: call("vector", number(component.weight ?? 1)),
    labels: { ...measurement.base.id, [COMPONENT]: component.slo },
  }));
}
