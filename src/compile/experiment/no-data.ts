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

function noSeries({ experiment, base }: ExperimentMeasurement): Missing {
  const { id, label, slis } = experiment;
  const recorded = selector(totalInWindow, base.id);
  const why = `a metric or the label ${escapeTemplate(label)} is misspelt, or not exported.`;
  const common = { summary: `${id}: no data`, labels: { reason: "no-series" } };
  if (slis.length === 1)
    return {
      ...common,
      comment: "No group has any series.",
      expr: call("absent", recorded),
      description: { template: `For an hour no group has had any series, so nothing can be compared: ${why}` },
    };
  const seen = aggregate("count", [], aggregate("count", ["sli"], recorded));
  const names = slis.map(({ name }) => name).join(", ");
  return {
    ...common,
    comment: `Fewer than ${slis.length} SLIs have series of any group.`,
    expr: binary("<", binary("or", seen, call("vector", number(0))), number(slis.length)),
    description: {
      template: `For an hour {{ $value }} of ${slis.length} SLIs (${names}) have had series of any group; the others cannot be compared: ${why}`,
    },
  };
}

function noBaseline(measurement: ExperimentMeasurement): Missing {
  const { id, label, baseline, minSample, windowSeconds } = measurement.experiment;
  return {
    comment: "A variant has enough events, and the baseline has none.",
    expr: withoutEvents(baseline, "!=", measurement),
    summary: `${id}: no events of the baseline`,
    description: {
      template: `In the last ${printSeconds(windowSeconds)} the baseline, ${escapeTemplate(called(label, baseline))}, had no events, and a variant had ${minSample} or more${onSlis(measurement)}: nothing can be compared. The baseline is misspelt, or gets no traffic any more.`,
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
      template: `In the last ${printSeconds(windowSeconds)} ${escapeTemplate(name)} had no events, and the baseline had ${minSample} or more${onSlis(measurement)}: the variant is not compared. It is misspelt, or gets no traffic.`,
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

/** ` on 1 of 2 SLIs`. */
function onSlis({ experiment: { slis } }: ExperimentMeasurement): string {
  return slis.length === 1 ? "" : ` on {{ $value }} of ${slis.length} SLIs`;
}

/** `variant A`, `no variant`. */
function called(label: string, value: string): string {
  return value === "" ? `no ${label}` : `${label} ${value}`;
}
