/** The selectors of an expression, those in what users wrote too. */
import type { Expr, Selector } from "./ast.ts";
import { shapeOf } from "./shape/shape.ts";

export function selectorsIn(expr: Expr): readonly Selector[] {
  switch (expr.node) {
    case "selector":
      return [expr];
    case "call":
      return expr.args.flatMap(selectorsIn);
    case "aggregation":
    case "subquery":
      return selectorsIn(expr.expr);
    case "binary":
      return [...selectorsIn(expr.left), ...selectorsIn(expr.right)];
    case "raw":
      return shapeOf(expr.text).selectors;
    default:
      return [];
  }
}
