/**
 * Windows over raw series: what happened in each is read at once, as often as it is evaluated. Records have the names
 * that they have elsewhere, and the sums that they are made of are recorded beside them.
 */
import type { Slo } from "../model/service.ts";
import type { Expr, Selector } from "../promql/ast.ts";
import { aggregate, binary, call, number, selector, subquery, withLabel } from "../promql/build.ts";
import { DAY_MS } from "../promql/duration.ts";
import type { Base } from "../sli/base.ts";
import { kindOf } from "../sli/index.ts";
import { errorRatio, KNOWN_STEP_MS, type Measure } from "./measure.ts";
import { errorRatioRecord, windowRecords } from "./naming.ts";
import type { Part, Windows } from "./windows.ts";

/** Windows that know what happened before the rules were loaded, and while they were not evaluated. */
export function rawWindows(slo: Slo, witness: Selector, measure: Measure): Windows {
  const summed = (count: "bad" | "total", seconds: number): Expr =>
    selector(windowRecords(seconds)[count], measure.base.id);
  const recorded = (seconds: number): Expr =>
    binary("/", summed("bad", seconds), binary(">", summed("total", seconds), number(0)));
  return {
    counted: summed,
    parts: () => [],
    sums: (seconds) => sumsOf(slo, seconds, measure),
    ratio: (seconds) => errorRatio(measure, seconds),
    recorded,
    seen: (seconds) => {
      const ratio = selector(errorRatioRecord(seconds), measure.base.id);
      return binary("*", ratio, coverage(witness, seconds, DAY_MS, measure));
    },
    above: (seconds, threshold) =>
      binary(">", summed("bad", seconds), binary("*", threshold, summed("total", seconds))),
    // Retention need not reach further back than the period.
    period: ({ seconds }) =>
      binary("*", recorded(seconds), coverage(witness, seconds, -Math.min(DAY_MS, seconds * 10), measure)),
  };
}

/** Total first, as in the base: bad may be filled from it. */
function sumsOf(slo: Slo, seconds: number, measure: Measure): Part[] {
  const names = windowRecords(seconds);
  const { total, bad } = kindOf(slo.sli).counts(slo.sli, { ...measure.base, counted: names, windowMs: seconds * 1000 });
  return [
    { record: names.total, expr: total },
    { record: names.bad, expr: bad },
  ];
}

/** So many looks at a window tell how much of it a group was there for. */
const LOOKS = 48;

/** Seconds between them. */
export function lookSeconds(windowSeconds: number, { scrapeMs }: Base): number {
  return Math.max(scrapeMs / 1000, Math.ceil(windowSeconds / LOOKS));
}

/**
 * How much of a window counts: all of it where the group's series were there in the time before it began (or, where that
 * is negative, after it), else the share of looks that found one.
 */
function coverage(witness: Selector, seconds: number, beforeMs: number, measure: Measure): Expr {
  const { base } = measure;
  const ages = seconds * 1000 + base.settleMs;
  const look = Math.abs(beforeMs);
  const step = Math.min(KNOWN_STEP_MS, Math.max(base.scrapeMs, look / 2));
  const early = { ...subquery(witness, look, step), offsetMs: beforeMs < 0 ? ages - look : ages };
  const known = aggregate("group", base.by, call("last_over_time", early));
  const every = lookSeconds(seconds, base) * 1000;
  const looks = { ...subquery(aggregate("group", base.by, witness), seconds * 1000, every), offsetMs: base.settleMs };
  const share = binary("/", call("count_over_time", looks), number((seconds * 1000) / every));
  return identified(binary("or", known, call("clamp_max", share, number(1))), measure);
}

/** Raw series do not say whose they are. */
function identified(expr: Expr, { base }: Measure): Expr {
  return Object.entries(base.id).reduce<Expr>((labelled, [label, value]) => withLabel(labelled, label, value), expr);
}
