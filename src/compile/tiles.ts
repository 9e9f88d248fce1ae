/** Tiles of an SLO: bad and all events, and the samples of the base that hold them. */
import type { Expr, Selector } from "../promql/ast.ts";
import { call, chain, over, selector, withLabel } from "../promql/build.ts";
import { COUNTS, type Count, type Measure } from "./measure.ts";
import { records, tileRecord } from "./naming.ts";
import { tileOf } from "./tiling.ts";

/** Bad, total and samples of the base since the last tile. */
export function tile(measure: Measure): Expr {
  const { intervalSeconds, tileSeconds } = measure;
  return tileOf({ tiles: tiles(measure), intervalSeconds, tileSeconds, counts: (seconds) => counts(measure, seconds) });
}

/** The tiles that this evaluation has just written: an instant might be an older one, where the rule failed. */
export function tilesNow(measure: Measure): Expr {
  const all = tiles(measure);
  const counted = { label: "count", op: "=~" as const, value: COUNTS.join("|") };
  return call("last_over_time", over({ ...all, matchers: [...all.matchers, counted] }, justNowMs(measure)));
}

function tiles({ base, tileSeconds }: Measure): Selector {
  return selector(tileRecord(tileSeconds), base.id);
}

function justNowMs({ intervalSeconds }: Measure): number {
  return intervalSeconds * 500;
}

function counts(measure: Measure, seconds: number): Expr {
  const window = (record: string): Selector => over(selector(record, measure.base.id), seconds * 1000);
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
