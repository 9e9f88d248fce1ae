/** The raw series behind an SLO, ranked: which instance, route or code stands out. */
import type { SloPlan } from "../../compile/plan.ts";
import type { Binary, Call, Expr, Raw, Selector } from "../../promql/ast.ts";
import { call, number, over } from "../../promql/build.ts";
import { print } from "../../promql/print.ts";
import { kindOf } from "../../sli/index.ts";
import type { Symptom } from "./first-checks.ts";

const TOP = 10;
const RATE_MS = 300_000;

export interface Ranking {
  /** The metric's name, or undefined for an expression. */
  readonly metric: string | undefined;
  readonly promql: string;
}

/** One query per raw metric, bad ones first: the series of the last five minutes that stand out. */
export function standingOut({ queries, slo }: SloPlan): Ranking[] {
  const rank = lowIsBad.includes(kindOf(slo.sli).words(slo.sli).symptom) ? "bottomk" : "topk";
  const found = [queries.raw.bad, queries.raw.total].flatMap((expr) => readings(expr, "gauge"));
  const own = withoutBookkeeping(found.filter(({ source }) => !isRecorded(source)));
  const rankings = own.map(
    (reading): Ranking => ({
      metric: reading.source.node === "selector" ? reading.source.metric : undefined,
      promql: print(call(rank, number(TOP), read(reading, own))),
    }),
  );
  return [...new Map(rankings.map((ranking) => [ranking.promql, ranking])).values()];
}

/** Where the smallest values are the ones to look at. */
const lowIsBad: readonly Symptom[] = ["availability", "staleness", "throughput"];

/** A raw selector or expression, and how it is to be read. */
interface Reading {
  readonly source: Selector | Raw;
  readonly as: "counter" | "histogram" | "gauge";
}

function readings(expr: Expr, as: Reading["as"]): Reading[] {
  switch (expr.node) {
    case "selector":
      return [{ source: { node: "selector", metric: expr.metric, matchers: expr.matchers }, as }];
    case "raw":
      return [{ source: expr, as: "gauge" }];
    case "call":
      return expr.args.flatMap((part) => readings(part, readingOf(expr, as)));
    case "aggregation":
    case "subquery":
      return readings(expr.expr, as);
    case "binary":
      return [expr.left, expr.right].flatMap((part) => readings(part, isIncrement(expr) ? "counter" : as));
    default:
      return [];
  }
}

function readingOf({ name }: Call, as: Reading["as"]): Reading["as"] {
  if (name.startsWith("histogram_")) return "histogram";
  return as === "gauge" && (name === "rate" || name === "increase") ? "counter" : as;
}

/** `last_over_time(x[…]) - last_over_time(x[…])` is how the base reads a counter. */
function isIncrement({ op, right }: Binary): boolean {
  return op === "-" && right.node === "call" && right.name === "last_over_time";
}

function isRecorded(source: Reading["source"]): boolean {
  return source.node === "selector" && source.metric.startsWith("slo:");
}

/** Counters are born under watch of these; the watch itself counts nothing. A probe of `up` has no counter. */
function withoutBookkeeping(found: readonly Reading[]): Reading[] {
  const counting = found.some(({ as }) => as === "counter");
  const watch = ["up", "process_start_time_seconds"];
  return found.filter(
    ({ source, as }) => !(counting && as === "gauge" && source.node === "selector" && watch.includes(source.metric)),
  );
}

/** A counter that is also mentioned elsewhere in its expression is still a counter. */
function read({ source }: Reading, all: readonly Reading[]): Expr {
  if (source.node === "raw") return source;
  const kinds = all.filter((other) => print(other.source) === print(source)).map(({ as }) => as);
  const rate = call("rate", over(source, RATE_MS));
  if (kinds.includes("histogram")) return call("histogram_count", rate);
  return kinds.includes("counter") ? rate : source;
}
