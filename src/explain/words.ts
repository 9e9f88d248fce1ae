/** Times as `explain`, runbooks and tests say them. */
import { printSeconds } from "../promql/duration.ts";
import { exact, printNumber } from "../promql/number.ts";
import { HOUR, MINUTE } from "../time/units.ts";

/** "43m12s", "26s", "5.76 min" are all hard to compare: whole seconds below an hour, whole minutes above. */
export function printTime(seconds: number): string {
  if (!Number.isFinite(seconds)) return "never";
  if (seconds < 60) return `${printNumber(exact(Math.round(seconds * 10) / 10))}s`;
  if (seconds < HOUR) return printSeconds(Math.round(seconds));
  return printSeconds(Math.round(seconds / MINUTE) * MINUTE);
}
