/** `ExperimentNoData`: groups that cannot be compared, since one of them has no events or no series are there. */
import type { Expr } from "../../promql/ast.ts";
import { aggregate, binary, call, number, on, selector } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { HOUR } from "../../time/units.ts";
import { alerts } from "../alert-names.ts";
import type { AlertFields } from "../alerting-rule.ts";
import { escapeTemplate } from "../annotations/annotation-query.ts";
import { experimentRecords } from "../names.ts";
import type { ExperimentMeasurement } from "./experiment-measurement.ts";
import { ofGroups, placeLabels } from "./groups.ts";

/** One alert for each cause, on however many SLIs it is seen. Variants are missed where they are named. */
export function noDataAlerts(measurement: ExperimentMeasurement): AlertFields[] {
  const { variants = [] } = measurement.experiment;
  const missing = [
    noSeries(measurement),
    noBaseline(measurement),
    ...variants.map((each) => noVariant(each, measurement)),
  ];
  return missing.map((fields) => ({ ...fields, ...alerts.experimentNoData, forSeconds: HOUR }));
}

/** What distinguishes one of them. */
type Missing = Omit<AlertFields, "name" | "tier" | "severity" | "forSeconds">;

function noSeries(measurement: ExperimentMeasurement): Missing {
  const told = measurement.experiment.slis.length === 1 ? noSeriesAtAll(measurement) : tooFewSlis(measurement);
  return { ...told, labels: { reason: "no-series" } };
}

function noSeriesAtAll({ experiment, base }: ExperimentMeasurement): Missing {
  return {
    comment: "No group has any series.",
    expr: call("absent", selector(totalInWindow, base.id)),
    summary: `${experiment.id}: no data`,
    description: {
      template: `For an hour no group has had any series, so nothing can be compared: ${causeOf(experiment.label)}`,
    },
  };
}

function tooFewSlis({ experiment, base }: ExperimentMeasurement): Missing {
  const { id, label, slis } = experiment;
  const seen = aggregate("count", [], aggregate("count", ["sli"], selector(totalInWindow, base.id)));
  const names = slis.map(({ name }) => name).join(", ");
  return {
    comment: `Fewer than ${slis.length} SLIs have series of any group.`,
    expr: binary("<", binary("or", seen, call("vector", number(0))), number(slis.length)),
    summary: { template: `${id}: {{ $value }} of ${slis.length} SLIs have data` },
    description: {
      template: `For an hour {{ $value }} of ${slis.length} SLIs (${names}) have had series; the others cannot be compared: ${causeOf(label)}`,
    },
  };
}

function causeOf(label: string): string {
  return `a metric or the label ${escapeTemplate(label)} is misspelt, or not exported.`;
}

function noBaseline(measurement: ExperimentMeasurement): Missing {
  const { id, label, baseline, minSample, windowSeconds } = measurement.experiment;
  return {
    comment: "A variant has enough events, and the baseline has none.",
    expr: withoutEvents(baseline, "!=", measurement),
    summary: `${id}: no events of the baseline`,
    description: {
      template: `In the last ${printSeconds(windowSeconds)} the baseline, ${escapeTemplate(called(label, baseline))}, had no events${onSlis(measurement)} a variant had ${minSample} or more: nothing can be compared${thereOf(measurement)}. The baseline is misspelt, or gets no traffic.`,
    },
    labels: { reason: "no-baseline" },
  };
}

function noVariant(variant: string, measurement: ExperimentMeasurement): Missing {
  const { id, label, minSample, windowSeconds } = measurement.experiment;
  const name = called(label, variant);
  return {
    comment: `The baseline has enough events, and ${name} has none.`,
    expr: withoutEvents(variant, "=", measurement),
    summary: `${id}: no events of ${name}`,
    description: {
      template: `In the last ${printSeconds(windowSeconds)} ${escapeTemplate(name)} had no events${onSlis(measurement)} the baseline had ${minSample} or more: the variant is not compared${thereOf(measurement)}. It is misspelt, or gets no traffic.`,
    },
    // A label without a value is none.
    labels: { ...(variant === "" ? {} : { [label]: variant }), reason: "no-variant" },
  };
}

const { totalInWindow } = experimentRecords;

/** On how many SLIs a group has no events, where the baseline has enough or, with `!=`, where a variant has. */
function withoutEvents(group: string, op: "=" | "!=", measurement: ExperimentMeasurement): Expr {
  const { experiment } = measurement;
  const places = placeLabels(measurement);
  const others = ofGroups(totalInWindow, op, experiment.baseline, measurement);
  const enough = aggregate("count", ["sli", ...places], binary(">=", others, number(experiment.minSample)));
  const some = binary(">", ofGroups(totalInWindow, "=", group, measurement), number(0));
  return aggregate("count", places, binary("unless", enough, some, on("sli", ...places)));
}

/** ` on 1 of 2 SLIs where`: on the others it may have some. */
function onSlis({ experiment: { slis } }: ExperimentMeasurement): string {
  return slis.length === 1 ? ", while" : ` on {{ $value }} of ${slis.length} SLIs where`;
}

function thereOf({ experiment: { slis } }: ExperimentMeasurement): string {
  return slis.length === 1 ? "" : " there";
}

/** `variant A`, `variant ""`. */
function called(label: string, value: string): string {
  return `${label} ${value || '""'}`;
}
