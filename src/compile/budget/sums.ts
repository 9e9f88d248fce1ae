/**
 * Sums of tiles: over a window, since the period began, and for every limit that they are held to.
 * Tiles carry the number of their period, so every sum says by which labels it adds up.
 */
import type { Expr } from "../../promql/ast.ts";
import { binary, call, chain, on, over, selector, sumBy } from "../../promql/build.ts";
import { DAY_MS } from "../../promql/duration.ts";
import { periodLabel } from "../calendar.ts";
import { labelled } from "./labelled.ts";
import type { BudgetMeasure } from "./measure.ts";
import { periodRecord, runningRecord, SCOPE } from "./names.ts";
import { spentTiles } from "./tiles.ts";

/** What was spent within the last so many seconds, by the budget's labels. */
export function spentWithin(measure: BudgetMeasure, seconds: number): Expr {
  return sumBy(idAnd(measure, measure.base.by), tilesOver(measure, seconds));
}

/** What was spent since the period began, or within the rolling one. */
export function spentInPeriod(measure: BudgetMeasure): Expr {
  const { calendar, periodSeconds, tileSeconds, base } = measure;
  if (!calendar) return spentWithin(measure, periodSeconds);
  const sums = measure.carriesOn
    ? selector(runningRecord(measure.budget), base.id)
    : tilesOver(measure, periodSeconds + tileSeconds);
  return sumBy(idAnd(measure, base.by), inPeriod(measure, sums));
}

/** The recorded sum of the period, as the rule before has just written it. */
export function recordedPeriod({ budget, base }: BudgetMeasure): Expr {
  return selector(periodRecord(budget), base.id);
}

/** Two days without an evaluation are forgotten: beyond that the sum begins anew. */
const REMEMBERED_MS = 2 * DAY_MS;

/**
 * The sum so far, carried from evaluation to evaluation: the last one and what this tile adds. A period's number is on
 * it, so a new period begins at its first tile, and an idle group keeps what it had.
 */
export function carriedOn(measure: BudgetMeasure): Expr {
  const { budget, base } = measure;
  const added = spentTiles(measure);
  const before = call("last_over_time", over(selector(runningRecord(budget), base.id), REMEMBERED_MS));
  return chain("or", binary("+", before, added), added, inPeriod(measure, before));
}

/** What was spent within the last so many seconds, for every limit: in all, and for each value of `by`. */
export function scopedWithin(measure: BudgetMeasure, seconds: number): Expr {
  return scoped(measure, tilesOver(measure, seconds), spentWithin(measure, seconds));
}

/** What was spent in the period, for every limit. */
export function scopedPeriod(measure: BudgetMeasure): Expr {
  return scoped(measure, recordedPeriod(measure), recordedPeriod(measure));
}

function scoped({ budget, ...measure }: BudgetMeasure, parts: Expr, each: Expr): Expr {
  const all = labelled(sumBy(idAnd(measure, measure.base.identity), parts), { [SCOPE]: "all" });
  return budget.by.length === 0 ? all : binary("or", all, labelled(each, { [SCOPE]: "each" }));
}

/** `slo_service`, `budget` and these. */
export function idAnd({ base }: Pick<BudgetMeasure, "base">, labels: readonly string[]): string[] {
  return [...Object.keys(base.id), ...labels];
}

/** Those sums that are of the current period. */
function inPeriod({ calendar, agoSeconds }: BudgetMeasure, sums: Expr): Expr {
  if (!calendar) return sums;
  return binary("and", sums, periodLabel(calendar, agoSeconds), on(calendar.period));
}

function tilesOver(measure: BudgetMeasure, seconds: number): Expr {
  return call("sum_over_time", over(spentTiles(measure), seconds * 1000));
}

/** Multiplied by what has no labels, such as the seconds that are left. */
export function timesAll(many: Expr, one: Expr): Expr {
  return binary("*", many, one, { type: "on", labels: [], group: "left", include: [] });
}
