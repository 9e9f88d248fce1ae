/** Whether anything counts between two exclusions: readings reach back into them, so a short while is none. */

import type { SloPlan } from "../../compile/plan.ts";
import { spanOf } from "../../compile/slo/windows/exclusions.ts";
import type { Issue } from "../../issue.ts";
import { longestPause } from "../../model/occurrences.ts";
import { printSeconds } from "../../promql/duration.ts";
import type { Check } from "../check.ts";
import { sloIssue, slosOf } from "../walk.ts";

export const exclusions: Check = {
  name: "exclusions",
  check: (plan) => slosOf(plan).flatMap(checkExclusions),
};

function checkExclusions(plan: SloPlan): Issue[] {
  const { slo, measurement } = plan;
  return slo.exclusions.flatMap((exclusion, index): Issue[] => {
    const pause = longestPause(exclusion.occurrences);
    const { length } = spanOf(exclusion, slo, measurement);
    if (pause === undefined || length < pause) return [];
    return [
      sloIssue(plan, {
        code: "bad-exclusion",
        at: ["exclude", index],
        message: `readings reach ${printSeconds(length - exclusion.seconds)} back, so nothing would count before it begins again.`,
        hint: `Make \`for\` shorter than ${printSeconds(pause + exclusion.seconds - length)}.`,
      }),
    ];
  });
}
