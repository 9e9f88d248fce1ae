/** Tiles of a budget: what was spent. */
import type { Expr, Selector } from "../../promql/ast.ts";
import { call, over, selector, withLabel } from "../../promql/build.ts";
import { tileOf } from "../tiling.ts";
import type { BudgetMeasure } from "./measure.ts";
import { increaseRecord, tileRecord } from "./names.ts";

const SPENT = "spent";

/** What was spent since the last tile, by the labels of the base. */
export function tile(measure: BudgetMeasure): Expr {
  const { intervalSeconds, tileSeconds } = measure;
  return tileOf({
    tiles: tiles(measure),
    intervalSeconds,
    tileSeconds,
    counts: (seconds) => spentIn(measure, seconds),
  });
}

/** The tiles themselves, without what each has seen of its last evaluations. */
export function spentTiles({ budget, base, tileSeconds }: BudgetMeasure): Selector {
  return selector(tileRecord(budget, tileSeconds), { ...base.id, count: SPENT });
}

function tiles({ budget, base, tileSeconds }: BudgetMeasure): Selector {
  return selector(tileRecord(budget, tileSeconds), base.id);
}

function spentIn(measure: BudgetMeasure, seconds: number): Expr {
  const spent = selector(increaseRecord(measure.budget), measure.base.id);
  return withLabel(call("sum_over_time", over(spent, seconds * 1000)), "count", SPENT);
}
