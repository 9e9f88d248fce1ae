/**
 * Tiles of a budget: what the base recorded since the last slow evaluation, each sample once, as tiles of SLOs do.
 *
 * The two groups run at different moments, so the last samples of a tile may be written after it was taken. A tile
 * therefore reaches a little further back than the last one, and leaves out what that one had seen of it: its edge.
 * Sums of tiles telescope to the sum of the base, also over slow evaluations that did not take place.
 */
import type { Expr } from "../../promql/ast.ts";
import { binary, call, chain, number, over, selector } from "../../promql/build.ts";
import type { BudgetMeasure } from "./measure.ts";
import { edgeRecord, increaseRecord, tileRecord } from "./names.ts";

/** So many tiles in a row may be missed without losing any of the base. */
const MISSED_TILES = 2;

/** One tile, by the labels of the base. A series that has only fallen silent had its edge, and is not counted again. */
export function tile(measure: BudgetMeasure): Expr {
  const ages = Array.from({ length: MISSED_TILES + 1 }, (_, missed) => missed + 1);
  const longest = reach(measure, ages.length);
  const first = binary("unless", spentIn(measure, longest), edgeWithin(measure, longest));
  return chain("or", ...ages.map((age) => sinceTile(measure, age)), first);
}

/** What the tile of this evaluation has seen of the last two intervals. It follows the tile in its group. */
export function edge(measure: BudgetMeasure): Expr {
  const written = selector(tileRecord(measure.budget, measure.tileSeconds), measure.base.id);
  const seen = binary("and", spentIn(measure, edgeSeconds(measure)), written);
  return binary("or", seen, binary("*", written, number(0)));
}

/** Everything since a tile of this age, in tiles, provided that there is none younger. */
function sinceTile(measure: BudgetMeasure, age: number): Expr {
  const { tileSeconds, intervalSeconds } = measure;
  const since = binary("-", spentIn(measure, reach(measure, age)), edgeWithin(measure, reach(measure, age)));
  // Evaluated more often than tiles are long, it waits: promtool does that.
  const younger = age === 1 ? tileSeconds - intervalSeconds / 2 : reach(measure, age - 1);
  return binary("unless", since, edgeWithin(measure, younger));
}

/** Of a tile and the edge before it. */
function reach(measure: BudgetMeasure, age: number): number {
  return age * measure.tileSeconds + edgeSeconds(measure);
}

/** A sample that is visible only an evaluation after its own is in time. */
function edgeSeconds({ intervalSeconds }: BudgetMeasure): number {
  return 2 * intervalSeconds;
}

function spentIn({ budget, base, closedRanges, intervalSeconds }: BudgetMeasure, seconds: number): Expr {
  // Prometheus 2 reads both ends of a range.
  const rangeMs = seconds * 1000 - (closedRanges ? intervalSeconds * 500 : 0);
  return call("sum_over_time", over(selector(increaseRecord(budget), base.id), rangeMs));
}

function edgeWithin({ budget, base }: BudgetMeasure, seconds: number): Expr {
  return call("last_over_time", over(selector(edgeRecord(budget), base.id), seconds * 1000));
}
