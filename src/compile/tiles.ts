/**
 * Tiles: what the base recorded since the last one, so that windows of hours and days read few samples.
 *
 * Two groups are never evaluated in the same instant, and what the faster one is just about to write must not be lost.
 * So a tile reads a little more than its own length, and takes off what the tile before it had already seen of that.
 * Sums of tiles are therefore sums of the base, sample for sample, up to the last one that is visible; a tile whose
 * evaluation was missed is made up for by the next.
 */
import type { Expr, Selector } from "../promql/ast.ts";
import { binary, call, chain, number, over, selector, withLabel } from "../promql/build.ts";
import { type Count, type Measure, rangeMs } from "./measure.ts";
import { records, seenRecord, tileRecord } from "./naming.ts";

/** So many tiles in a row may be missed without losing any of the base. */
const MISSED_TILES = 2;

/** Bad, total and samples of the base since the last tile. Evaluated more often than tiles are long, it waits: promtool does that. */
export function tile(measure: Measure): Expr {
  const ages = Array.from({ length: MISSED_TILES + 1 }, (_, missed) => missed + 1);
  const first = binary("unless", counts(measure, reach(measure, 1)), lastSeen(measure, reach(measure, ages.length)));
  return chain("or", ...ages.map((age) => sinceTile(measure, age)), first);
}

/** What this tile has seen of the last two evaluations: the next one reads them again. It follows the tile in its group. */
export function seen(measure: Measure): Expr {
  const written = selector(tileRecord(measure.tileSeconds), measure.base.id);
  const edge = binary("and", counts(measure, edgeSeconds(measure)), written);
  return binary("or", edge, binary("*", written, number(0)));
}

/** Everything since a tile of this age, in tiles, provided that there is none younger. */
function sinceTile(measure: Measure, age: number): Expr {
  const since = binary("-", counts(measure, reach(measure, age)), lastSeen(measure, reach(measure, age)));
  const younger = age === 1 ? measure.tileSeconds - measure.intervalSeconds / 2 : reach(measure, age - 1);
  return binary("unless", since, lastSeen(measure, younger));
}

/** Of a tile and the edge before it. */
function reach(measure: Measure, age: number): number {
  return age * measure.tileSeconds + edgeSeconds(measure);
}

/** A sample that is visible only an evaluation after its own is in time. */
function edgeSeconds(measure: Measure): number {
  return 2 * measure.intervalSeconds;
}

/** What the last tile saw, if there was one within this time. */
function lastSeen(measure: Measure, seconds: number): Expr {
  return call("last_over_time", over(selector(seenRecord, measure.base.id), rangeMs(measure, seconds)));
}

function counts(measure: Measure, seconds: number): Expr {
  const window = (record: string): Selector => over(selector(record, measure.base.id), rangeMs(measure, seconds));
  return chain(
    "or",
    counted("bad", call("sum_over_time", window(records.bad))),
    counted("total", call("sum_over_time", window(records.total))),
    counted("samples", call("count_over_time", window(records.total))),
  );
}

function counted(count: Count, expr: Expr): Expr {
  return withLabel(expr, "count", count);
}
