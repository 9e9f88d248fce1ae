/** Whether Prometheus keeps samples as long as the windows reach back: a shorter memory shows a budget that is never spent. */
import type { Plan, SloPlan } from "../compile/plan.ts";
import type { Issue } from "../issue.ts";
import { printSeconds } from "../promql/duration.ts";
import type { Check } from "./check.ts";
import { sloIssue, slosOf } from "./walk.ts";

export const retention: Check = {
  name: "retention",
  check: (plan) => slosOf(plan).flatMap((slo) => checkWindow(slo, plan.platform)),
};

function checkWindow(plan: SloPlan, { retentionSeconds: kept }: Plan["platform"]): Issue[] {
  const longest = Math.max(plan.slo.windowSeconds, ...plan.tiers.map((tier) => tier.longSeconds));
  if (kept === undefined || longest <= kept) return [];
  return [
    sloIssue(plan, {
      code: "window-beyond-retention",
      at: longest === plan.slo.windowSeconds ? ["window"] : ["alerting", "tiers"],
      message: `the window is ${printSeconds(longest)}, and Prometheus keeps ${printSeconds(kept)}.`,
      hint: `Keep samples for ${printSeconds(longest)} or longer, or take a window of at most ${printSeconds(kept)}.`,
    }),
  ];
}
