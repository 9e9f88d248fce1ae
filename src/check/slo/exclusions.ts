/** Whether anything counts between exclusions: readings reach back into them, so a short while is none; a long one is named. */

import type { SloPlan } from "../../compile/plan.ts";
import { spanOf } from "../../compile/slo/windows/exclusions.ts";
import type { Issue } from "../../issue.ts";
import { longestPause, startsBetween } from "../../model/occurrences.ts";
import type { Exclusion } from "../../model/service.ts";
import { printSeconds } from "../../promql/duration.ts";
import { DAY } from "../../time/units.ts";
import type { Check } from "../check.ts";
import { sloIssue, slosOf } from "../walk.ts";

export const exclusions: Check = {
  name: "exclusions",
  check: (plan) => slosOf(plan).flatMap(checkExclusions),
};

function checkExclusions(plan: SloPlan): Issue[] {
  const alone = plan.slo.exclusions.flatMap((exclusion, index) => [
    ...withoutPause(plan, exclusion, index),
    ...forLong(plan, exclusion, index),
  ]);
  return alone.length > 0 ? alone : togetherAlways(plan);
}

function withoutPause(plan: SloPlan, exclusion: Exclusion, index: number): Issue[] {
  const pause = longestPause(exclusion.occurrences);
  const { length } = spanOf(exclusion, plan.slo, plan.measurement);
  if (pause === undefined || length < pause) return [];
  return [
    sloIssue(plan, {
      code: "bad-exclusion",
      at: ["exclude", index],
      message: `readings reach ${printSeconds(length - exclusion.seconds)} back, so nothing would count before it begins again.`,
      hint: `Make \`for\` shorter than ${printSeconds(pause + exclusion.seconds - length)}.`,
    }),
  ];
}

/** Nothing is excluded for so long without being asked about: a year is easily mistyped. */
const LONG_SECONDS = 31 * DAY;

function forLong(plan: SloPlan, { seconds, occurrences, when }: Exclusion, index: number): Issue[] {
  if (occurrences.type !== "fixed" || seconds <= LONG_SECONDS) return [];
  return [
    sloIssue(plan, {
      code: "long-exclusion",
      at: ["exclude", index],
      message: `nothing counts for ${Math.round(seconds / DAY)} days (${when}), and the SLO alerts nobody.`,
      hint: "Check the years. To do without an SLO for a time, remove it.",
    }),
  ];
}

/** Any year: 2027, and what reaches into it. */
const FROM = 1_798_761_600;
const TO = FROM + 366 * DAY;

/** Each alone leaves some time, and all together may leave none. */
function togetherAlways(plan: SloPlan): Issue[] {
  const repeated = plan.slo.exclusions.filter(({ occurrences }) => occurrences.type !== "fixed");
  const spans = repeated.flatMap((exclusion) => spansOf(exclusion, plan)).sort((a, b) => a.from - b.from);
  if (!isCovered(spans)) return [];
  return [
    sloIssue(plan, {
      code: "bad-exclusion",
      at: ["exclude"],
      message: "together the exclusions leave no time, so nothing would ever count.",
      hint: "Make one of them shorter.",
    }),
  ];
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

function spansOf(exclusion: Exclusion, { slo, measurement }: SloPlan): Stretch[] {
  const { delay, length } = spanOf(exclusion, slo, measurement);
  const { occurrences, offsetSeconds } = exclusion;
  const starts = startsBetween(occurrences, FROM - 40 * DAY, TO);
  return starts.map((start) => start - offsetSeconds + delay).map((from) => ({ from, to: from + length }));
}

function isCovered(spans: readonly Stretch[]): boolean {
  let until = FROM;
  for (const { from, to } of spans) {
    if (from > until) return false;
    until = Math.max(until, to);
  }
  return until >= TO - 7 * DAY;
}
