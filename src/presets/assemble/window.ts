/** Expressions over `$window`, the range that the compiler fills in. */
import type { Expr, Selector } from "../../promql/ast.ts";
import { over } from "../../promql/build.ts";
import { printDuration } from "../../promql/duration.ts";
import { print } from "../../promql/print.ts";

/** Stands for `$window` in the AST, which knows lengths only: no expression of ours looks back so far. */
const WINDOW_MS = 99_999_999_999;

/** The selector over `$window`. */
export function overWindow(selector: Selector): Selector {
  return over(selector, WINDOW_MS);
}

/** Other expressions stand around it, which indent it. */
const LINE = 100;

/** The expression as text, as `{ promql }` takes it. */
export function printWithWindow(expr: Expr): string {
  return print(expr, LINE).replaceAll(`[${printDuration(WINDOW_MS)}]`, "[$window]");
}
