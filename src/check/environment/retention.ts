/** Whether Prometheus keeps samples as long as the windows reach back: else a window forgets bad events before they leave it. */

import type { Plan, SloPlan } from "../../compile/plan.ts";
import type { Issue } from "../../issue.ts";
import { isCalendar } from "../../model/period.ts";
import { printSeconds } from "../../promql/duration.ts";
import type { Check } from "../check.ts";
import { sloIssue, slosOf } from "../walk.ts";

export const retention: Check = {
  name: "retention",
  check: (plan) => slosOf(plan).flatMap((slo) => checkSlo(slo, plan.platform)),
};

/** Calendar periods carry their counts on where samples are not kept for them: no rule looks back that far. */
function checkSlo(plan: SloPlan, { retentionSeconds: kept }: Plan["platform"]): Issue[] {
  if (kept === undefined) return [];
  const { periods } = plan.slo;
  const windows = periods.flatMap((period, index) =>
    isCalendar(period) || period.seconds <= kept
      ? []
      : [tooLong(plan, periods.length === 1 ? ["window"] : ["window", index], period.seconds, kept)],
  );
  const longest = Math.max(0, ...plan.tiers.map((tier) => tier.longSeconds));
  if (longest <= kept || windows.length > 0) return windows;
  return [tooLong(plan, ["alerting", "tiers"], longest, kept)];
}

function tooLong(plan: SloPlan, at: (string | number)[], seconds: number, kept: number): Issue {
  const wayOut =
    at[0] === "window" ? ', or a calendar window, such as { calendar: "month" }, which needs no old samples' : "";
  return sloIssue(plan, {
    code: "window-beyond-retention",
    at,
    message: `the window is ${printSeconds(seconds)}, and Prometheus keeps ${printSeconds(kept)}.`,
    hint: `Keep samples for ${printSeconds(seconds)} or longer, or take a window of at most ${printSeconds(kept)}${wayOut}.`,
  });
}
