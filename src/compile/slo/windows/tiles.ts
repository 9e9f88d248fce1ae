/** Tiles: some minutes of events in one sample, so that long windows read few. */
import { call, offset, over, selector } from "../../../promql/build.ts";
import { oncePer } from "../../../promql/clock.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { HOUR } from "../../../time/units.ts";
import type { RecordingRule } from "../../plan.ts";
import type { SloMeasurement } from "../slo-measurement.ts";
import { recordOf, type Source } from "./windows.ts";

/**
 * One sample a tile, once a tile. One evaluation old: a ruler that shows results only after the evaluation would lose a
 * sample between two tiles else.
 */
export function tileRules(measurement: SloMeasurement): RecordingRule[] {
  if (!measurement.tiled) return [];
  const { tileSeconds, intervalSeconds } = measurement;
  const step: Step = { from: "base", to: "tiles", seconds: tileSeconds, evaluatedEvery: intervalSeconds };
  const comment = `A tile: ${printSeconds(tileSeconds)} of events in one sample, once every ${printSeconds(tileSeconds)}, for tickets and the budget. The offset is there because the newest samples may not be visible yet.`;
  return withComment(comment, [tileRule("total", step, measurement), tileRule(measurement.part, step, measurement)]);
}

/** Tiles of an hour, where the period is long. */
export function hourRules(measurement: SloMeasurement): RecordingRule[] {
  if (!measurement.tiled || !measurement.hourTiles) return [];
  const step: Step = { from: "tiles", to: "hours", seconds: HOUR, evaluatedEvery: measurement.tileSeconds };
  return withComment("A tile of an hour: an hour of events in one sample: what a period of over 100d reads.", [
    tileRule("total", step, measurement),
    tileRule(measurement.part, step, measurement),
  ]);
}

/** From samples to longer ones: what is added up, for how many seconds, by a rule that is evaluated how often. */
interface Step {
  readonly from: Source;
  readonly to: Source;
  readonly seconds: number;
  readonly evaluatedEvery: number;
}

function tileRule(count: "total" | "bad" | "good", step: Step, measurement: SloMeasurement): RecordingRule {
  const { from, to, seconds, evaluatedEvery } = step;
  const counted = over(selector(recordOf(count, from, measurement), measurement.base.id), seconds * 1000);
  const sum = call("sum_over_time", offset(counted, evaluatedEvery * 1000));
  return {
    type: "record",
    record: recordOf(count, to, measurement),
    expr: oncePer(seconds, evaluatedEvery, sum),
    labels: measurement.base.id,
    everySeconds: seconds,
  };
}

function withComment(comment: string, [first, ...rest]: readonly RecordingRule[]): RecordingRule[] {
  return first ? [{ ...first, comment }, ...rest] : [];
}
