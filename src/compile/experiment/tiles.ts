/** Tiles: some minutes of events in one sample, so that a window of a day reads few. */
import type { Expr } from "../../promql/ast.ts";
import { binary, call, chain, offset, over, selector } from "../../promql/build.ts";
import { oncePer } from "../../promql/clock.ts";
import { printSeconds } from "../../promql/duration.ts";
import { experimentRecords, tileRecord } from "../names.ts";
import type { RecordingRule } from "../plan.ts";
import { countsOf, sliOfUnits } from "./base.ts";
import type { ExperimentMeasurement } from "./experiment-measurement.ts";

/** One evaluation old: a ruler that shows results only after the evaluation would lose a sample between two tiles else. */
export function tileRules(measurement: ExperimentMeasurement): RecordingRule[] {
  const { experiment, compareSeconds } = measurement;
  const tile = printSeconds(compareSeconds);
  const units = sliOfUnits(measurement) === undefined ? [experimentRecords.units] : [];
  const paid = experiment.cost ? [experimentRecords.cost, ...units] : [];
  return [
    {
      ...tileRule(experimentRecords.total, sumOf(experimentRecords.total, measurement), measurement),
      comment: `${tile} of events in one sample, once every ${tile}: what the window is summed from.`,
    },
    badTile(measurement),
    ...paid.map((record) => tileRule(record, sumOf(record, measurement), measurement)),
  ];
}

/** From here on all SLIs have what is bad. */
function badTile(measurement: ExperimentMeasurement): RecordingRule {
  const parts = measurement.experiment.slis.map(({ name }) => countsOf(name, measurement).part.of);
  const [total, good] = [sumOf(experimentRecords.total, measurement), sumOf(experimentRecords.good, measurement)];
  const bad = [
    ...(parts.includes("bad") ? [sumOf(experimentRecords.bad, measurement)] : []),
    ...(parts.includes("good") ? [binary("-", total, good)] : []),
  ];
  const rule = tileRule(experimentRecords.bad, chain("or", ...bad), measurement);
  return parts.includes("good") ? { ...rule, comment: "Where the SLI counts good events, bad = total − good." } : rule;
}

function tileRule(record: string, sum: Expr, measurement: ExperimentMeasurement): RecordingRule {
  const { base, intervalSeconds, compareSeconds } = measurement;
  return {
    type: "record",
    record: tileRecord(record, compareSeconds),
    expr: oncePer(compareSeconds, intervalSeconds, sum),
    labels: base.id,
    everySeconds: compareSeconds,
  };
}

function sumOf(record: string, { base, compareSeconds }: ExperimentMeasurement): Expr {
  const counted = over(selector(record, base.id), compareSeconds * 1000);
  return call("sum_over_time", offset(counted, base.intervalMs));
}
