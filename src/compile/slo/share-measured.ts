/** How much of a window the rules have seen: what was before them counts as good, so that a new SLO starts quietly. */
import type { Expr } from "../../promql/ast.ts";
import { aggregate, binary, call, number, selector, subquery } from "../../promql/build.ts";
import { HOUR_MS, printSeconds } from "../../promql/duration.ts";
import { printNumber } from "../../promql/number.ts";
import { records } from "../naming.ts";
import type { Measure } from "./measure.ts";

/** 0 to 1, from the heartbeat of the rules; NaN, which no alert is above, before its first look. */
export function shareMeasured(seconds: number, measure: Measure): Expr {
  return call("scalar", share(seconds, measure));
}

/** As `shareMeasured`, and 0 before its first look: for what is recorded. */
export function recordedShare(seconds: number, measure: Measure): Expr {
  return call("scalar", binary("or", share(seconds, measure), call("vector", number(0))));
}

/** Where the number under the share comes from: `12 is 1h / 5m.` */
export function shareWords(seconds: number, { intervalSeconds }: Measure): string {
  const step = stepOf(seconds, intervalSeconds);
  return `${printNumber(seconds / step)} is ${printSeconds(seconds)} / ${printSeconds(step)}.`;
}

/** Several rulers may write the heartbeat: `scalar` of two series is no number. */
function share(seconds: number, { base, intervalSeconds }: Measure): Expr {
  const heartbeat = selector(records.objective, base.id);
  const step = stepOf(seconds, intervalSeconds);
  const looks = call("count_over_time", subquery(heartbeat, seconds * 1000, step * 1000));
  return binary("/", aggregate("max", [], looks), number(seconds / step));
}

const MINUTES = [300, 240, 180, 120, 60];
const HOURS = [2, 1].map((hours) => (hours * HOUR_MS) / 1000);
/** Longer windows are looked at by the hour: minutes would be thousands of samples. */
const LONG_SECONDS = 6 * 86_400;

/** An instant looks back 5m, so a missed evaluation costs nothing. The step divides the window: so many steps are in it, and no more. */
function stepOf(seconds: number, intervalSeconds: number): number {
  if (seconds < 6 * 300) return intervalSeconds;
  const steps = seconds > LONG_SECONDS ? [...HOURS, ...MINUTES] : MINUTES;
  return steps.find((step) => seconds % step === 0 && step >= intervalSeconds) ?? intervalSeconds;
}
