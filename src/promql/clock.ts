/** Rules that have a result only now and then, by the clock. */
import type { Expr } from "./ast.ts";
import { binary, call, number, on } from "./build.ts";

/**
 * The result of one evaluation in so many seconds: the first by the clock.
 *
 * @param evaluatedEvery - Seconds from one evaluation to the next.
 */
export function oncePer(seconds: number, evaluatedEvery: number, expr: Expr): Expr {
  if (seconds <= evaluatedEvery) return expr;
  const since = binary("%", call("vector", call("time")), number(seconds));
  return binary("and", expr, binary("<", since, number(evaluatedEvery)), on());
}
