/** Metrics as people read them, in the words of the kinds. */
import type { Selector } from "../promql/ast.ts";
import { print } from "../promql/print.ts";
import type { ParsedMetric } from "./metric.ts";

/** The whole selector as code, or "the expression". */
export function metricWords(metric: ParsedMetric): string {
  return metric.type === "selector" ? selectorWords(metric.selector) : "the expression";
}

/** The selector as code. A back quote in a label value would end the code: it is shown as an apostrophe. */
export function selectorWords(selector: Selector): string {
  return `\`${print(selector).replaceAll("`", "'")}\``;
}
