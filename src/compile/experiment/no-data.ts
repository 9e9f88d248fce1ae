/** `ExperimentNoData`: groups that cannot be compared, since one of them has no events, or there are no series at all. */
import type { Expr, Matching } from "../../promql/ast.ts";
import { aggregate, binary, call, chain, number, on, selector } from "../../promql/build.ts";
import { printSeconds } from "../../promql/duration.ts";
import { HOUR } from "../../time/units.ts";
import { alerts } from "../alert-names.ts";
import type { AlertFields } from "../alerting-rule.ts";
import { escapeTemplate } from "../annotations/annotation-query.ts";
import { experimentRecords } from "../names.ts";
import type { ExperimentMeasurement } from "./experiment-measurement.ts";
import { ofAnyGroup, placeLabels } from "./groups.ts";

/** How long groups cannot be compared before it is said. */
export const NO_DATA_SECONDS = HOUR;

/** Fewer groups than are named have events, while some group has enough: an idle service is no news. */
export function noDataAlert(measurement: ExperimentMeasurement): AlertFields {
  const { slis, minSample } = measurement.experiment;
  const needed = slis.length * namedGroups(measurement).length;
  const places = placeLabels(measurement);
  const most = aggregate("max", places, recorded(measurement));
  const missing = binary("<", withEvents(measurement), number(needed));
  return {
    ...alerts.experimentNoData,
    comment: "A group that is compared has no events while another has enough, or nothing has a series.",
    expr: binary("unless", missing, binary("<", most, number(minSample)), ...matchedBy(places)),
    forSeconds: NO_DATA_SECONDS,
    ...textsOf(measurement),
  };
}

/** The baseline, and variants where they are named: nobody else is missed. */
function namedGroups({ experiment: { baseline, variants = [] } }: ExperimentMeasurement): string[] {
  return [baseline, ...variants];
}

/** In how many groups there were events, SLI by SLI; 0 where there is not even a series. */
function withEvents(measurement: ExperimentMeasurement): Expr {
  const places = placeLabels(measurement);
  const some = binary(
    ">",
    ofAnyGroup(experimentRecords.totalInWindow, namedGroups(measurement), measurement),
    number(0),
  );
  const counted = aggregate("count", places, some);
  if (places.length === 0) return binary("or", counted, call("vector", number(0)));
  const none = binary("*", number(0), aggregate("count", places, recorded(measurement)));
  return binary("or", chain("or", counted, none), call("vector", number(0)), on());
}

function recorded({ base }: ExperimentMeasurement): Expr {
  return selector(experimentRecords.totalInWindow, base.id);
}

function matchedBy(places: readonly string[]): Matching[] {
  return places.length === 0 ? [] : [on(...places)];
}

function textsOf(measurement: ExperimentMeasurement): Pick<AlertFields, "summary" | "description"> {
  const { id, label, slis, windowSeconds } = measurement.experiment;
  const groups = namedGroups(measurement).map((name) => (name === "" ? `no ${label}` : name));
  const named = escapeTemplate(`${label} ${groups.join(", ")}`);
  const needed = slis.length * groups.length;
  const within = printSeconds(windowSeconds);
  const cause = `a metric, the label ${escapeTemplate(label)} or its value is misspelt, or there is no traffic.`;
  if (needed === 1)
    return {
      summary: `${id}: no events of the baseline`,
      description: { template: `In the last ${within} ${named} had no events. Nothing can be compared: ${cause}` },
    };
  const bySli = slis.length === 1 ? "" : `, for each of ${slis.map(({ name }) => name).join(", ")}`;
  return {
    summary: { template: `${id}: events in {{ $value }} of ${needed} groups` },
    description: {
      template: `In the last ${within} {{ $value }} of ${needed} groups had events (${named}${bySli}). Those without cannot be compared: ${cause}`,
    },
  };
}
