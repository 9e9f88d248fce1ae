/** Counters that fall again and again although nothing restarted: what they gain is not what happened. */
import type { Expr, Selector } from "../../promql/ast.ts";
import { aggregate, binary, call, chain, number, over } from "../../promql/build.ts";
import { MINUTE_MS } from "../../time/units.ts";
import type { Base } from "./base.ts";
import { ofTarget, onTarget } from "./target.ts";

/** How an alert on `falling` is called, what it says, and how long it waits, of SLOs as of budgets. */
export const FALLING = {
  reason: "counters-fall",
  comment: "Counters fall repeatedly while their targets stay up: several workers behind one endpoint, or gauges.",
  description:
    "Counters fell three times in a quarter of an hour while their targets stayed up and no process restarted: several workers share one endpoint, or the metrics are gauges.",
  forSeconds: 900,
} as const;

const FALL_MS = 15 * MINUTE_MS;
const FALLS = 3;

/**
 * How many of these counters fell three times within a quarter of an hour while their targets were up, and their process
 * did not start anew: several workers share one endpoint, or the metrics are gauges.
 *
 * @param target - Whose matchers say which targets.
 */
export function falling(counters: readonly Selector[], target: Selector, base: Base): Expr {
  const ofTargets = (name: string, metric: string): Expr => call(name, over(ofTarget(metric, target, base), FALL_MS));
  const fallen = counters.map((each) => binary(">=", call("resets", over(each, FALL_MS)), number(FALLS)));
  const upThroughout = binary("==", ofTargets("min_over_time", "up"), number(1));
  // A restart moves the start time forward; several workers move it to and fro.
  const moved = binary(">", ofTargets("changes", "process_start_time_seconds"), number(0));
  const back = binary(">", ofTargets("resets", "process_start_time_seconds"), number(0));
  const restarted = binary("unless", moved, back);
  const stayedUp = binary("and", chain("or", ...fallen), upThroughout, onTarget(base));
  return aggregate("count", base.identity, binary("unless", stayedUp, restarted, onTarget(base)));
}
