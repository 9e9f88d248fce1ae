/** Samples with labels put on them. */
import type { Expr } from "../../promql/ast.ts";
import { call, number, withLabel } from "../../promql/build.ts";

/** The same samples with these labels set. In a replacement `$` names a group, and `$$` is the character. */
export function labelled(expr: Expr, labels: Readonly<Record<string, string>>): Expr {
  return Object.entries(labels).reduce(
    (inner, [label, value]) => withLabel(inner, label, value.replaceAll("$", "$$$$")),
    expr,
  );
}

/** One sample with these labels, always. */
export function constant(value: number, labels: Readonly<Record<string, string>> = {}): Expr {
  return labelled(call("vector", number(value)), labels);
}
