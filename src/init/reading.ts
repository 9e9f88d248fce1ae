/** One metric or expression that an SLO reads, as a question that has an answer where there is something to read. */
import type { Use } from "../check/metrics/uses.ts";
import type { Selector } from "../promql/ast.ts";
import { print } from "../promql/print.ts";
import { shapeOf } from "../promql/shape/shape.ts";

export interface Reading {
  readonly query: string;
  /** Names of what it reads. */
  readonly metrics: readonly string[];
  /** Undefined for an expression. */
  readonly selector: Selector | undefined;
}

export function readingOf({ metric, as, isNative }: Use): Reading {
  if (metric.type === "promql") return ofExpression(metric.text.replaceAll("$window", "5m"));
  const isClassic = as === "histogram" && isNative !== true;
  const { selector } = metric;
  const counted = isClassic ? { ...selector, metric: `${selector.metric}_count` } : selector;
  return { query: `count(${print(counted)})`, metrics: [counted.metric], selector: counted };
}

function ofExpression(text: string): Reading {
  const metrics = shapeOf(text).selectors.map((selector) => selector.metric);
  return { query: `count(${text})`, metrics: [...new Set(metrics)], selector: undefined };
}
