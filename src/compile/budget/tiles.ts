/**
 * Tiles: what the base recorded since the last slow evaluation, each sample once.
 *
 * The two groups run at different moments, so the last samples of a tile may be written after it was taken. A tile
 * therefore reaches an interval further back than the last one, and leaves out what that one had seen of it: its edge.
 * Sums of tiles telescope to the sum of the base, also over one slow evaluation that did not take place.
 */
import type { Expr } from "../../promql/ast.ts";
import { binary, call, chain, number, over, selector } from "../../promql/build.ts";
import type { BudgetMeasure } from "./measure.ts";
import { edgeRecord, increaseRecord } from "./names.ts";

/**
 * One tile, by the labels of the base. Whether an evaluation was missed shows in the edges: a series that has only
 * fallen silent had one, and its last samples have been counted.
 */
export function tile(measure: BudgetMeasure): Expr {
  const { tileSeconds: long, intervalSeconds: interval } = measure;
  const last = edgeSince(measure, long + interval);
  const beforeLast = edgeSince(measure, 2 * long + interval);
  const twice = spentIn(measure, 2 * long + interval);
  return chain(
    "or",
    binary("-", spentIn(measure, long + interval), last),
    binary("unless", binary("-", twice, beforeLast), last),
    binary("unless", twice, beforeLast),
  );
}

/** What the tile of this evaluation has seen of its last interval: nothing, where the base was silent. */
export function edge(measure: BudgetMeasure): Expr {
  const seen = spentIn(measure, measure.intervalSeconds);
  return binary("or", seen, binary("*", spentIn(measure, measure.tileSeconds + measure.intervalSeconds), number(0)));
}

function spentIn({ budget, base, closedRanges, intervalSeconds }: BudgetMeasure, seconds: number): Expr {
  // Prometheus 2 reads both ends of a range.
  const rangeMs = seconds * 1000 - (closedRanges ? intervalSeconds * 500 : 0);
  return call("sum_over_time", over(selector(increaseRecord(budget), base.id), rangeMs));
}

function edgeSince({ budget, base }: BudgetMeasure, seconds: number): Expr {
  return call("last_over_time", over(selector(edgeRecord(budget), base.id), seconds * 1000));
}
