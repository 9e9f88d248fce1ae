/**
 * Tiles: what the base recorded since the last one, so that windows of hours and days read few samples.
 *
 * Two groups are never evaluated in the same instant, and what the faster one is just about to write must not be lost.
 * So a tile reads a little more than its own length, and takes off what the tile before it had already seen of that:
 * the same rule records both, since one query sees one state of the storage. Sums of tiles are therefore sums of the
 * base, sample for sample, up to the last one that is visible; a tile that was missed is made up for by the next.
 */
import type { Expr, Selector } from "../promql/ast.ts";
import { binary, call, chain, number, over, relabelled, selector, withLabel } from "../promql/build.ts";
import { COUNTS, type Count, type Measure, rangeMs } from "./measure.ts";
import { records, tileRecord } from "./naming.ts";

/** So many tiles in a row may be missed without losing any of the base. */
const MISSED_TILES = 2;

/**
 * Bad, total and samples of the base since the last tile, and what this one has seen of the last evaluations.
 * Evaluated more often than tiles are long, it waits: promtool does that.
 */
export function tile(measure: Measure): Expr {
  const ages = Array.from({ length: MISSED_TILES + 1 }, (_, missed) => missed + 1);
  const oldest = reach(measure, ages.length);
  const first = binary("unless", counts(measure, oldest), lastSeen(measure, oldest));
  return chain("or", ...ages.map((age) => sinceTile(measure, age)), first, seen(measure, oldest));
}

/** The tiles that this evaluation has just written: an instant might be an older one, where the rule failed. */
export function tilesNow(measure: Measure): Expr {
  const tiles = { ...selector(tileRecord(measure.tileSeconds), measure.base.id) };
  const counted = { label: "count", op: "=~" as const, value: COUNTS.join("|") };
  const written = { ...tiles, matchers: [...tiles.matchers, counted] };
  return call("last_over_time", over(written, justNowMs(measure)));
}

/** Everything since a tile of just this age, in tiles. Of any other age it is not known what it had seen. */
function sinceTile(measure: Measure, age: number): Expr {
  const tolerance = measure.intervalSeconds / 2;
  const at = age * measure.tileSeconds;
  const since = binary("-", counts(measure, reach(measure, age)), lastSeen(measure, at + tolerance));
  return binary("unless", since, lastSeen(measure, at - tolerance));
}

/** Of the last evaluations, what the next tile reads again; nothing is zero as long as the group is remembered. */
function seen(measure: Measure, oldest: number): Expr {
  const none = binary("*", counts(measure, oldest), number(0));
  const edge = binary("or", counts(measure, edgeSeconds(measure)), none);
  const due = binary("unless", edge, lastSeen(measure, measure.tileSeconds - measure.intervalSeconds / 2));
  return relabelled(due, "count", "seen $1", "count");
}

/** Of a tile and the edge before it. */
function reach(measure: Measure, age: number): number {
  return age * measure.tileSeconds + edgeSeconds(measure);
}

/** A sample that is visible only an evaluation after its own is in time. */
function edgeSeconds({ intervalSeconds, tileSeconds }: Measure): number {
  return Math.min(2 * intervalSeconds, tileSeconds);
}

/** What the last tile saw, if there was one within this time. */
function lastSeen(measure: Measure, seconds: number): Expr {
  const tiles = selector(tileRecord(measure.tileSeconds), measure.base.id);
  const edges = { ...tiles, matchers: [...tiles.matchers, { label: "count", op: "=~" as const, value: "seen .+" }] };
  return relabelled(call("last_over_time", over(edges, seconds * 1000)), "count", "$1", "count", "seen (.+)");
}

function justNowMs({ intervalSeconds }: Measure): number {
  return intervalSeconds * 500;
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
