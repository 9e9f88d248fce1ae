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
  const comment = `A tile: ${printSeconds(tileSeconds)} of events in one sample, once every ${printSeconds(tileSeconds)}, for tickets and the budget. The offset is there because the newest samples may not be visible yet.`;
  return withComment(comment, [
    tileRule("total", "base", "tiles", tileSeconds, intervalSeconds, measurement),
    tileRule(measurement.part, "base", "tiles", tileSeconds, intervalSeconds, measurement),
  ]);
}

/** Tiles of an hour, where the period is long. */
export function hourRules(measurement: SloMeasurement): RecordingRule[] {
  if (!measurement.tiled || !measurement.hourTiles) return [];
  const { tileSeconds } = measurement;
  return withComment("A tile of an hour: an hour of events in one sample: what a period of over 100d reads.", [
    tileRule("total", "tiles", "hours", HOUR, tileSeconds, measurement),
    tileRule(measurement.part, "tiles", "hours", HOUR, tileSeconds, measurement),
  ]);
}

function tileRule(
  count: "total" | "bad" | "good",
  from: Source,
  to: Source,
  seconds: number,
  evaluatedEvery: number,
  measurement: SloMeasurement,
): RecordingRule {
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
