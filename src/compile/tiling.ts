/**
 * Tiles: what a base recorded since the last one, so that windows of hours and days read few samples.
 *
 * Two groups are never evaluated in the same instant, and what the faster one is just about to write must not be lost.
 * So a tile reads a little more than its own length, and takes off what the tile before it had already seen of that:
 * the same rule records both, since one query sees one state of the storage. Sums of tiles are therefore sums of the
 * base, sample for sample, up to the last one that is visible; a tile that was missed is made up for by the next.
 */
import type { Expr, Selector } from "../promql/ast.ts";
import { binary, call, chain, number, over, relabelled } from "../promql/build.ts";

/** What is recorded as tiles. Times in seconds. */
export interface Tiling {
  /** Everything that the rule records: counts by the label `count`, and what it has seen of each. */
  readonly tiles: Selector;
  readonly intervalSeconds: number;
  readonly tileSeconds: number;
  /** What the base recorded within so many seconds, each count with its name in the label `count`. */
  readonly counts: (seconds: number) => Expr;
}

const LONGEST_TILE = 240;

/** A whole number of intervals, no more than 4m: beyond that series would vanish between evaluations. In seconds. */
export function tileLength(intervalSeconds: number): number {
  return Math.max(1, Math.floor(LONGEST_TILE / intervalSeconds)) * intervalSeconds;
}

/** So many tiles in a row may be missed without losing any of the base. */
const MISSED_TILES = 2;

/**
 * Every count of the base since the last tile, and what this one has seen of the last evaluations.
 * Evaluated more often than tiles are long, it waits: promtool does that.
 */
export function tileOf(tiling: Tiling): Expr {
  const ages = Array.from({ length: MISSED_TILES + 1 }, (_, missed) => missed + 1);
  const oldest = reach(tiling, ages.length);
  const first = binary("unless", tiling.counts(oldest), lastSeen(tiling, oldest));
  return chain("or", ...ages.map((age) => sinceTile(tiling, age)), first, seen(tiling, oldest));
}

/** Everything since a tile of just this age, in tiles. Of any other age it is not known what it had seen. */
function sinceTile(tiling: Tiling, age: number): Expr {
  const tolerance = tiling.intervalSeconds / 2;
  const at = age * tiling.tileSeconds;
  const since = binary("-", tiling.counts(reach(tiling, age)), lastSeen(tiling, at + tolerance));
  return binary("unless", since, lastSeen(tiling, at - tolerance));
}

/** Of the last evaluations, what the next tile reads again; nothing is zero as long as the group is remembered. */
function seen(tiling: Tiling, oldest: number): Expr {
  const none = binary("*", tiling.counts(oldest), number(0));
  const edge = binary("or", tiling.counts(edgeSeconds(tiling)), none);
  const due = binary("unless", edge, lastSeen(tiling, tiling.tileSeconds - tiling.intervalSeconds / 2));
  return relabelled(due, "count", "seen $1", "count");
}

/** Of a tile and the edge before it. */
function reach(tiling: Tiling, age: number): number {
  return age * tiling.tileSeconds + edgeSeconds(tiling);
}

/** A sample that is visible only an evaluation after its own is in time. */
function edgeSeconds({ intervalSeconds, tileSeconds }: Tiling): number {
  return Math.min(2 * intervalSeconds, tileSeconds);
}

/** What the last tile saw, if there was one within this time. */
function lastSeen({ tiles }: Tiling, seconds: number): Expr {
  const edges = { ...tiles, matchers: [...tiles.matchers, { label: "count", op: "=~" as const, value: "seen .+" }] };
  return relabelled(call("last_over_time", over(edges, seconds * 1000)), "count", "$1", "count", "seen (.+)");
}
