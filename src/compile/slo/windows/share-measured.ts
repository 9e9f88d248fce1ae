/** How much of a window the rules have seen: what was before them counts as good, so that a new SLO starts quietly. */
import type { Expr } from "../../../promql/ast.ts";
import { aggregate, binary, call, number, selector, subquery } from "../../../promql/build.ts";
import { printSeconds } from "../../../promql/duration.ts";
import { printNumber } from "../../../promql/number.ts";
import { DAY, HOUR } from "../../../time/units.ts";
import { records } from "../../names.ts";
import type { SloMeasurement } from "../slo-measurement.ts";

/** 0 to 1, from the heartbeat of the rules; NaN, which no alert is above, before its first look. */
export function shareMeasured(seconds: number, measurement: SloMeasurement): Expr {
  return call("scalar", share(seconds, heartbeatStep(seconds, measurement), measurement));
}

/** As `shareMeasured`, and 0 before its first look: what is left of a period's budget. */
export function shareOfPeriod(seconds: number, measurement: SloMeasurement): Expr {
  const seen = share(seconds, periodStepOf(seconds, measurement), measurement);
  return call("scalar", binary("or", seen, call("vector", number(0))));
}

/** Where the number under the share comes from: `12 is 1h / 5m.` */
export function shareWords(seconds: number, measurement: SloMeasurement): string {
  return wordsOf(seconds, heartbeatStep(seconds, measurement));
}

/** As `shareWords`, of a period. */
export function periodShareWords(seconds: number, measurement: SloMeasurement): string {
  return wordsOf(seconds, periodStepOf(seconds, measurement));
}

/** Several rulers may write the heartbeat: `scalar` of two series is not a number. */
function share(seconds: number, step: number, { base }: SloMeasurement): Expr {
  const heartbeat = selector(records.objective, base.id);
  const looks = call("count_over_time", subquery(heartbeat, seconds * 1000, step * 1000));
  return binary("/", aggregate("max", [], looks), number(seconds / step));
}

function wordsOf(seconds: number, step: number): string {
  return `${printNumber(seconds / step)} is ${printSeconds(seconds)} / ${printSeconds(step)}.`;
}

/** An instant looks back 5m, so a missed evaluation costs nothing. The step divides the window: so many steps are in it, and no more. */
export function heartbeatStep(seconds: number, { intervalSeconds }: SloMeasurement): number {
  if (seconds < 6 * 300) return intervalSeconds;
  return [300, 240, 180, 120, 60].find((step) => seconds % step === 0 && step >= intervalSeconds) ?? intervalSeconds;
}

/** A period of days is looked at every two hours: in minutes it would be thousands of samples. */
function periodStepOf(seconds: number, measurement: SloMeasurement): number {
  return seconds > 6 * DAY && seconds % (2 * HOUR) === 0 ? 2 * HOUR : heartbeatStep(seconds, measurement);
}
