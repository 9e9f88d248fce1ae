/** Windows: sums of what was counted, divided last. Short ones read the base, long ones tiles of it. */
import type { Expr } from "../../../promql/ast.ts";
import { binary, call, number, over, selector } from "../../../promql/build.ts";
import { DAY, HOUR } from "../../../time/units.ts";
import { records, tileRecord } from "../../names.ts";
import type { SloMeasurement } from "../slo-measurement.ts";

/** What a window is summed from: the base, tiles of some minutes, or tiles of an hour. */
export type Source = "base" | "tiles" | "hours";

/** The last window that the fast group sums from the base. */
const BASE_UP_TO = 6 * HOUR;

/** What windows of pages are summed from. */
export function fastSource(seconds: number, { tiled }: SloMeasurement): Source {
  return tiled && seconds > BASE_UP_TO ? "tiles" : "base";
}

/** What windows of tickets and periods are summed from. */
export function slowSource(seconds: number, { tiled, hourTiles }: SloMeasurement): Source {
  if (!tiled) return "base";
  return hourTiles && seconds > 100 * DAY ? "hours" : "tiles";
}

/** Error ratio of a window. No traffic gives no sample. */
export function errorRatio(seconds: number, source: Source, measurement: SloMeasurement): Expr {
  const total = binary(">", sumOf("total", seconds, source, measurement), number(0));
  const share = binary("/", sumOf(measurement.part, seconds, source, measurement), total);
  return measurement.part === "bad" ? share : binary("-", number(1), share);
}

/** Bad events in a window, by group. */
export function badEvents(seconds: number, source: Source, measurement: SloMeasurement): Expr {
  const part = sumOf(measurement.part, seconds, source, measurement);
  return measurement.part === "bad" ? part : binary("-", totalEvents(seconds, source, measurement), part);
}

/** All events in a window, by group. */
export function totalEvents(seconds: number, source: Source, measurement: SloMeasurement): Expr {
  return sumOf("total", seconds, source, measurement);
}

/** The record of one count, as some source has it. */
export function recordOf(count: "total" | "bad" | "good", source: Source, measurement: SloMeasurement): string {
  switch (source) {
    case "base":
      return records[count];
    case "tiles":
      return tileRecord(records[count], measurement.tileSeconds);
    case "hours":
      return tileRecord(records[count], HOUR);
  }
}

function sumOf(count: "total" | "bad" | "good", seconds: number, source: Source, measurement: SloMeasurement): Expr {
  const counted = selector(recordOf(count, source, measurement), measurement.base.id);
  return call("sum_over_time", over(counted, seconds * 1000));
}
