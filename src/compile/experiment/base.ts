/** What happened in each group since the last evaluation, by SLI, and what it cost. */

import type { Expr } from "../../promql/ast.ts";
import { print } from "../../promql/print.ts";
import { gained, gainWords, spent } from "../../sli/counting/gain.ts";
import { kindOf } from "../../sli/index.ts";
import type { Counts } from "../../sli/kind.ts";
import type { ParsedMetric } from "../../sli/metric.ts";
import { experimentRecords } from "../names.ts";
import type { RecordingRule } from "../plan.ts";
import { baseOfSli, type ExperimentMeasurement } from "./experiment-measurement.ts";

/** Every SLI has records of its own, distinguished by the label `sli`. What was said of one is not said again. */
export function baseRules(measurement: ExperimentMeasurement): RecordingRule[] {
  const rules = [
    ...measurement.experiment.slis.flatMap(({ name }) => sliRules(name, measurement)),
    ...costRules(measurement),
  ];
  return rules.map((rule, index) => {
    const said = rules.slice(0, index).some(({ comment }) => comment === rule.comment);
    return said ? withoutComment(rule) : rule;
  });
}

/** How an SLI of the experiment counts. */
export function countsOf(sli: string, measurement: ExperimentMeasurement): Counts {
  const declared = measurement.experiment.slis.find(({ name }) => name === sli);
  if (!declared) throw new Error(`no SLI ${sli}`);
  return kindOf(declared.sli).counts(declared.sli, baseOfSli(measurement, sli));
}

/** The SLI whose total counts what the cost is paid for, if any. */
export function sliOfUnits(measurement: ExperimentMeasurement): string | undefined {
  const { cost, slis } = measurement.experiment;
  if (cost?.per.type !== "selector") return undefined;
  const units = print(cost.per.selector);
  return slis.find(({ name }) => {
    const { totalSeries, before } = countsOf(name, measurement);
    return !before && totalSeries && print(totalSeries) === units;
  })?.name;
}

function sliRules(sli: string, measurement: ExperimentMeasurement): RecordingRule[] {
  const { before = [], total, part, comments } = countsOf(sli, measurement);
  const labels = baseOfSli(measurement, sli).id;
  return [
    ...before.map((made) => ({ type: "record" as const, ...made, labels: { ...labels, ...made.labels } })),
    { type: "record", record: experimentRecords.total, expr: total, labels, comment: comments.total },
    {
      type: "record",
      record: experimentRecords[part.of],
      expr: part.expr,
      labels,
      ...(comments.part === undefined ? {} : { comment: comments.part }),
    },
  ];
}

/** What was paid, and what it was paid for where no SLI counts it. */
function costRules(measurement: ExperimentMeasurement): RecordingRule[] {
  const { experiment, base } = measurement;
  if (!experiment.cost) return [];
  const { metric, per } = experiment.cost;
  const record = (name: string, expr: Expr, comment?: string): RecordingRule => ({
    type: "record",
    record: name,
    expr,
    labels: base.id,
    ...(comment === undefined ? {} : { comment }),
  });
  return [
    record(experimentRecords.cost, spent(metric, base), costWords(metric)),
    ...(sliOfUnits(measurement) === undefined
      ? [record(experimentRecords.units, gained(per, base), gainWords(per, base))]
      : []),
  ];
}

function costWords(metric: ParsedMetric): string | undefined {
  if (metric.type === "promql") return undefined;
  return "Counted in the same way. A new series counts whole if its target was scraped before.";
}

function withoutComment({ comment: _, ...rule }: RecordingRule): RecordingRule {
  return rule;
}
