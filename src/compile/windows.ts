/**
 * How the windows of one SLO are read: what must be recorded for each, its error ratio, and the same with what was not
 * seen counted as good. One strategy per source: the SLO's own base and tiles, or the parts of a composite.
 */
import type { Period } from "../model/period.ts";
import type { Expr } from "../promql/ast.ts";
import { binary, selector, withLabel } from "../promql/build.ts";
import { calendarSpent } from "./calendar-period.ts";
import { badSum, errorRatio, isLong, type Measure, tileMatching, totalSum, windowCoverage } from "./measure.ts";
import { errorRatioRecord } from "./naming.ts";
import { periodCoverage, periodMatching, periodRatio } from "./period.ts";

/** One strategy. Windows are in seconds; every result has one sample per group. */
export interface Windows {
  /** What is recorded for a long window before its ratio, under which name. */
  readonly parts: (seconds: number) => readonly Part[];
  /** Error ratio of any window, from counts. No traffic gives no sample. */
  readonly ratio: (seconds: number) => Expr;
  /** The same from the parts that were recorded for it. */
  readonly recorded: (seconds: number) => Expr;
  /** The recorded ratio of a long window, where what was not seen counts as good. */
  readonly seen: (seconds: number) => Expr;
  /** Bad or all events in a long window. */
  readonly counted: (count: "bad" | "total", seconds: number) => Expr;
  /** Groups whose ratio is above the threshold, for short windows. */
  readonly above: (seconds: number, threshold: Expr) => Expr;
  /** Error ratio of the whole period, where what was not seen counts as good. */
  readonly period: (period: Period) => Expr;
}

/** A recorded series in the making. */
export interface Part {
  readonly record: string;
  readonly expr: Expr;
}

/** Windows over what the SLO's own base has recorded, and tiles of it. */
export function ownWindows(measure: Measure): Windows {
  return {
    parts: () => [],
    ratio: (seconds) => errorRatio(measure, seconds),
    recorded: (seconds) => errorRatio(measure, seconds),
    seen: (seconds) => {
      const ratio = selector(errorRatioRecord(seconds), measure.base.id);
      return binary("*", ratio, windowCoverage(measure, seconds), tileMatching(measure, seconds));
    },
    counted: (count, seconds) => ownCount(count, seconds, measure),
    // It multiplies where a ratio would divide: no traffic gives no sample either way.
    above: (seconds, threshold) => {
      const matching = threshold.node === "number" ? undefined : tileMatching(measure, seconds);
      const allowed = binary("*", threshold, totalSum(measure, seconds), matching);
      return binary(">", badSum(measure, seconds), allowed, tileMatching(measure, seconds));
    },
    period: (period) =>
      period.kind === "calendar" ? calendarSpent(measure, period) : rollingSpent(measure, period.seconds),
  };
}

function rollingSpent(measure: Measure, seconds: number): Expr {
  return binary("*", periodRatio(measure, seconds), periodCoverage(measure, seconds), periodMatching(measure, seconds));
}

/** With the labels of the group only, so that it matches the burn. */
export function ownCount(count: "bad" | "total", seconds: number, measure: Measure): Expr {
  const sum = count === "bad" ? badSum(measure, seconds) : totalSum(measure, seconds);
  return isLong(measure, seconds) ? withLabel(sum, "count", "") : sum;
}
