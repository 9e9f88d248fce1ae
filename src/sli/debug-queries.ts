/** What a runbook asks of raw series: which instances and series are bad now, and what there is at all. */
import type { BinaryOp, Expr, Selector } from "../promql/ast.ts";
import { aggregate, binary, call, number, on, over, sumBy } from "../promql/build.ts";
import { printNumber } from "../promql/number.ts";
import { DAY_MS, HOUR, HOUR_MS, MINUTE_MS } from "../time/units.ts";
import { type Base, withWindow } from "./counting/base.ts";
import { ofTarget, targetLabels, targetMatchers } from "./counting/target.ts";
import type { ParsedMetric } from "./metric.ts";
import { metricWords, selectorWords } from "./words.ts";

/** A query to be pasted, and what it answers. */
export interface DebugQuery {
  /** Begins with "Bad" or "All". Metrics stand between back-ticks. */
  readonly title: string;
  readonly expr: Expr;
  /** It shows the targets that are down. */
  readonly down?: true;
  /** It says where it is bad, worst first, and is answered while anything counts. */
  readonly where?: true;
  /** It shows what came last: a deployment, a restart, a node. Answered while there are targets. */
  readonly newest?: true;
}

/** Answers are short: they are read at night. */
const TOP = 10;
const RATE_MS = 5 * MINUTE_MS;

/** The largest shares first. */
export function shareQuery(bad: Expr, total: Expr, unit: string): DebugQuery {
  return { title: `Bad: where the largest share of ${unit} is bad`, expr: most(binary("/", bad, total)), where: true };
}

export function rateQuery(total: ParsedMetric, unit: string, base: Base): DebugQuery {
  return {
    title: `All: where the most ${unit} per second are, of ${metricWords(total)}`,
    expr: most(eventRate(total, base)),
  };
}

/** Events per second by instance; an expression has its own labels only. */
export function eventRate(metric: ParsedMetric, base: Base, by: readonly string[] = targetLabels(base)): Expr {
  if (metric.type === "promql") return sumBy(base.by, withWindow(metric.text, rateMs(base)));
  return sumBy(by, seriesRate(metric.selector, base));
}

export function seriesRate(counter: Selector, base: Base): Expr {
  return call("rate", over(counter, rateMs(base)));
}

interface Bound {
  readonly op: BinaryOp;
  readonly bound: number;
}

/** Values now that break a rule, and all of them; the worst first. */
export function valueQueries(metric: ParsedMetric, bad: Bound, base: Base): [bad: DebugQuery, all: DebugQuery] {
  const value = metric.type === "selector" ? metric.selector : withWindow(metric.text, rateMs(base));
  const [rank, extreme] = bad.op.startsWith("<") ? ([least, "lowest"] as const) : ([most, "highest"] as const);
  return [
    {
      title: `Bad: values of ${metricWords(metric)} that are ${bad.op} ${printNumber(bad.bound)} now`,
      expr: rank(binary(bad.op, value, number(bad.bound))),
    },
    { title: `All: the ${extreme} values of ${metricWords(metric)} now`, expr: rank(value), where: true },
  ];
}

export function most(expr: Expr): Expr {
  return call("topk", number(TOP), expr);
}

export function least(expr: Expr): Expr {
  return call("bottomk", number(TOP), expr);
}

/** Targets that fail their scrapes, and processes that began lately: of the metric's job, or of the jobs that expose it. */
export function targetQueries(metric: ParsedMetric, base: Base): DebugQuery[] {
  if (metric.type === "promql") return [];
  const raw = metric.selector;
  const age = binary("-", call("time"), ofTarget("process_start_time_seconds", raw, base));
  return [
    {
      title: `Bad: targets behind ${selectorWords(raw)} that fail to scrape`,
      expr: ofItsJobs(binary("==", ofTarget("up", raw, base), number(0)), raw, base),
      down: true,
    },
    {
      title: `All: most recently started targets of ${selectorWords(raw)} (fewest scrapes in the last day)`,
      expr: least(ofItsJobs(call("count_over_time", over(ofTarget("up", raw, base), DAY_MS)), raw, base)),
      newest: true,
    },
    {
      title: `All: processes behind ${selectorWords(raw)} that started within the hour, by age in seconds`,
      expr: ofItsJobs(binary("<", age, number(HOUR)), raw, base),
    },
  ];
}

/** Without a matcher on the job these are the targets of everything: the series of the last hour name the jobs. */
function ofItsJobs(targets: Expr, raw: Selector, base: Base): Expr {
  if (targetMatchers(raw, base).some(({ label, op }) => label === "job" && op.startsWith("="))) return targets;
  const labels = ["job", ...base.identity];
  return binary("and", targets, aggregate("group", labels, call("last_over_time", over(raw, HOUR_MS))), on(...labels));
}

function rateMs({ scrapeMs }: Base): number {
  return Math.max(RATE_MS, 4 * scrapeMs);
}
