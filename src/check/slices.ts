/** Whether time slices are long enough to be seen: what happens between two looks is never counted. */
import type { SloPlan } from "../compile/plan.ts";
import type { Issue } from "../issue.ts";
import { printSeconds } from "../promql/duration.ts";
import type { Check } from "./check.ts";
import { sloIssue, slosOf } from "./walk.ts";

export const slices: Check = {
  name: "slices",
  check: (plan) => slosOf(plan).flatMap(checkSlice),
};

function checkSlice(plan: SloPlan): Issue[] {
  const { sli, scrapeSeconds, evaluationSeconds } = plan.slo;
  const shortest = Math.max(scrapeSeconds, evaluationSeconds);
  if (!("slice" in sli) || sli.slice >= shortest) return [];
  return [
    sloIssue(plan, {
      code: "slice-too-short",
      at: ["sli", "slice"],
      message: `a slice is ${printSeconds(sli.slice)}, but a new value comes only every ${printSeconds(shortest)}.`,
      hint: `Make it ${printSeconds(shortest)} or longer.`,
    }),
  ];
}
