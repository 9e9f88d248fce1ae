/** What alerting means together with the SLO's window and SLI. Paths are within the SLO. */
import { printSeconds, secondsOf } from "../../promql/duration.ts";
import { kindOf } from "../../sli/index.ts";
import { HOUR } from "../../time/units.ts";
import type { Problem } from "../read/read.ts";
import { SHARES_HINT, sameShares } from "./same-shares.ts";
import type { SloFields } from "./slo-schema.ts";

/** Horizons that are not part of the window, thresholds of traffic where none is counted, shares given twice. */
export function alertingProblems(fields: SloFields, windowSeconds: number): Problem[] {
  const { forecast, drop, below = [] } = fields.alerting.budget ?? {};
  return [
    ...within(forecast, windowSeconds, ["forecast"]),
    ...within(drop?.within, windowSeconds, ["drop", "within"]),
    ...twice(below),
    ...countlessTraffic(fields),
  ];
}

const SHORTEST_SECONDS = HOUR;

function within(duration: string | undefined, windowSeconds: number, path: readonly string[]): Problem[] {
  const seconds = secondsOf(duration);
  if (duration === undefined || seconds === 0) return [];
  if (seconds >= SHORTEST_SECONDS && seconds < windowSeconds) return [];
  return [
    {
      code: "bad-value",
      path: ["alerting", "budget", ...path],
      message: `${duration} is not between 1h and the window of ${printSeconds(windowSeconds)}.`,
      hint: "Give a tenth of the window, such as `3d` of 30d.",
    },
  ];
}

function twice(below: readonly number[]): Problem[] {
  return sameShares(below).map(({ index, share, other }) => ({
    code: "duplicate-id",
    path: ["alerting", "budget", "below", index],
    message: other === share ? `the share ${share} is given twice.` : `${share} and ${other} are the same share.`,
    hint: SHARES_HINT,
  }));
}

function countlessTraffic({ alerting, sli }: SloFields): Problem[] {
  if (alerting.threshold !== "traffic" || kindOf(sli).method === "events") return [];
  return [
    {
      code: "bad-value",
      path: ["alerting", "threshold"],
      message: `\`${sli.kind}\` counts time, so traffic does not apply.`,
      hint: "Leave it out.",
    },
  ];
}
