/** Whether time slices are long enough to be seen: what happens between two looks is never counted. */

import type { SloPlan } from "../../compile/plan.ts";
import type { Issue, IssuePath } from "../../issue.ts";
import { eventSlices, sliceSecondsOf } from "../../model/budgeting.ts";
import { printSeconds } from "../../promql/duration.ts";
import type { Check } from "../check.ts";
import { sloIssue, slosOf } from "../walk.ts";

export const slices: Check = {
  name: "slices",
  check: (plan) => slosOf(plan).flatMap(checkSlice),
};

function checkSlice(plan: SloPlan): Issue[] {
  const { scrapeSeconds, evaluationSeconds } = plan.slo;
  const shortest = Math.max(scrapeSeconds, evaluationSeconds);
  const slice = sliceOf(plan);
  if (!slice || slice.seconds >= shortest) return [];
  return [
    sloIssue(plan, {
      code: "slice-too-short",
      at: slice.at,
      message: `a slice is ${printSeconds(slice.seconds)}, but a new value comes only every ${printSeconds(shortest)}.`,
      hint: `Make it ${printSeconds(shortest)} or longer.`,
    }),
  ];
}

function sliceOf({ slo }: SloPlan): { readonly seconds: number; readonly at: IssuePath } | undefined {
  const seconds = sliceSecondsOf(slo);
  return seconds === undefined ? undefined : { seconds, at: [eventSlices(slo) ? "budgeting" : "sli", "slice"] };
}
