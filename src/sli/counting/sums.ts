/**
 * Sums of several counters, such as successes and failures. Each is counted by itself and recorded under its name; what
 * counts is added up an evaluation later, since no rule may need what another wrote in the same one.
 */
import type { Expr, Selector } from "../../promql/ast.ts";
import { binary, call, number, offset, over, selector, sumBy } from "../../promql/build.ts";
import { print } from "../../promql/print.ts";
import { escapeRegex } from "../../promql/regex.ts";
import type { Recorded } from "../kind.ts";
import type { Counted, ParsedMetric } from "../metric.ts";
import { type Base, recordName } from "./base.ts";
import { gainedBeside, gainWords } from "./gain.ts";

/** The label that tells the counters of one SLI apart. */
const COUNTER = "slo_counter";

/** The metrics behind a count, each by itself. */
export function metricsOf(counted: Counted): readonly ParsedMetric[] {
  return counted.type === "sum" ? counted.of : [counted];
}

/** Each counter once, whatever counts it. */
export function distinct(metrics: readonly ParsedMetric[]): readonly ParsedMetric[] {
  const names = metrics.map(identityOf);
  return metrics.filter((_, index) => names.indexOf(names[index] ?? "") === index);
}

/** Whether both are the same metric. */
export function isSame(a: ParsedMetric, b: ParsedMetric): boolean {
  return identityOf(a) === identityOf(b);
}

/** What is recorded of each counter. A new series counts from zero beside any series of the total. */
export function counterRecords(counters: readonly ParsedMetric[], total: Counted, base: Base): Recorded[] {
  const beside = besides(total);
  return counters.map((metric, index) => ({
    record: recordName("counter:increase", base),
    labels: { [COUNTER]: nameIn(counters, metric) },
    expr: gainedBeside(metric, beside, base),
    ...(index === 0 ? { comment: gainWords(metric, base, "if its target had one of these before") } : {}),
  }));
}

/** What was recorded of these an evaluation ago, added up. */
export function addedUp(wanted: Counted, counters: readonly ParsedMetric[], base: Base): Expr {
  const names = metricsOf(wanted).map((metric) => nameIn(counters, metric));
  const recorded = selector(recordName("counter:increase", base), base.id);
  const matchers =
    names.length === counters.length
      ? []
      : [{ label: COUNTER, op: "=~" as const, value: names.map(escapeRegex).join("|") }];
  const own = { ...recorded, matchers: [...recorded.matchers, ...matchers.map(plain)] };
  return sumBy(base.by, call("sum_over_time", offset(over(own, base.intervalMs), base.intervalMs)));
}

/** Zero where the total is. */
export function zeroBeside(total: Counted, counters: readonly ParsedMetric[], base: Base): Expr {
  return binary("*", number(0), addedUp(total, counters, base));
}

/** All series of these as one selector, where they differ in nothing but the name; else undefined. */
export function together(counted: Counted): Selector | undefined {
  const selectors = selectorsOf(counted);
  const [first] = selectors;
  if (!first || selectors.length !== metricsOf(counted).length) return undefined;
  if (selectors.length === 1) return first;
  if (selectors.some(({ matchers }) => JSON.stringify(matchers) !== JSON.stringify(first.matchers))) return undefined;
  const value = selectors.map(({ metric }) => escapeRegex(metric)).join("|");
  return { node: "selector", metric: "", matchers: [{ label: "__name__", op: "=~", value }, ...first.matchers] };
}

export function selectorsOf(counted: Counted): Selector[] {
  return metricsOf(counted).flatMap((metric) => (metric.type === "selector" ? [metric.selector] : []));
}

function besides(total: Counted): readonly Selector[] {
  const all = together(total);
  return all ? [all] : selectorsOf(total);
}

function plain(matcher: { readonly label: string; readonly op: "=~"; readonly value: string }) {
  return /^[\w:]*$/.test(matcher.value) ? { ...matcher, op: "=" as const } : matcher;
}

/** The metric's name; with its place where two have the same, or none. */
function nameIn(counters: readonly ParsedMetric[], metric: ParsedMetric): string {
  const index = counters.findIndex((each) => isSame(each, metric));
  const own = counters.map((each) => (each.type === "selector" ? each.selector.metric : "expression"));
  const name = own[index] ?? "";
  return own.filter((each) => each === name).length > 1 ? `${name} ${index + 1}` : name;
}

function identityOf(metric: ParsedMetric): string {
  return metric.type === "selector" ? print(metric.selector) : metric.text;
}
