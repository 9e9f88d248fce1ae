/** A reason for a lower objective that is lower no more: the next loosening must not hide behind it. */
import type { SloPlan } from "../../compile/plan.ts";
import type { Issue } from "../../issue.ts";
import { printNumber } from "../../promql/number.ts";
import type { Check } from "../check.ts";
import { sloIssue, slosOf } from "../walk.ts";

export const staleLoosening: Check = {
  name: "stale-loosening",
  check: (plan) => slosOf(plan).flatMap(checkLoosened),
};

function checkLoosened(plan: SloPlan): Issue[] {
  const { loosened, objectivePercent, objectives } = plan.slo;
  const lowest = Math.min(objectivePercent, ...objectives.map((group) => group.objectivePercent));
  if (loosened === undefined || lowest < loosened.from) return [];
  return [
    sloIssue(plan, {
      code: "stale-loosening",
      at: ["loosened"],
      message: `no objective is below ${printNumber(loosened.from)}%, so nothing is loosened from it.`,
      hint: "Remove the line.",
    }),
  ];
}
