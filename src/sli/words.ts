/** Metrics as people read them, in the words of the kinds. */
import type { Selector } from "../promql/ast.ts";
import { print } from "../promql/print.ts";
import type { Counted, ParsedMetric } from "./metric.ts";

/** The whole selector as code; an expression by its meaning, or as code on one line. */
export function metricWords(metric: ParsedMetric): string {
  if (metric.type === "selector") return selectorWords(metric.selector);
  return metric.meaning ?? code(metric.text);
}

/** The selector as code. */
export function selectorWords(selector: Selector): string {
  return code(print(selector));
}

/** What a counter counts: "events of `x_total`", or what its expression means. */
export function countedWords(metric: Counted): string {
  if (metric.type === "sum") return metric.of.map(countedWords).join(" and ");
  return isMeant(metric) ? metricWords(metric) : `events of ${metricWords(metric)}`;
}

/** What one counter counts and the other does not. */
export function othersWords(all: Counted, part: Counted): string {
  const parts = part.type === "sum" ? part.of : [part];
  const others = parts.every(isMeant) ? "other than" : "that are not in";
  return `${countedWords(all)} ${others} ${parts.map(metricWords).join(" and ")}`;
}

function isMeant(metric: ParsedMetric): boolean {
  return metric.type === "promql" && metric.meaning !== undefined;
}

/** A back quote would end the code: it is shown as an apostrophe. */
function code(text: string): string {
  return `\`${text.trim().replaceAll(/\s+/g, " ").replaceAll("`", "'")}\``;
}
