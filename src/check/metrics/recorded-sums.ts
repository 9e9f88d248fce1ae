/**
 * Whether what counts is a recorded sum of counters. It falls when one of its targets goes, which looks like a restart of
 * all of them: everything that the others ever counted is counted again.
 */
import type { Plan } from "../../compile/plan.ts";
import { issue } from "../../issue.ts";
import type { Check } from "../check.ts";
import { isRecordedSum } from "./recorded-names.ts";
import { type Fault, isCounted, nameOf, usesOf } from "./uses.ts";

type Types = Plan["platform"]["metricTypes"];

export const recordedSums: Check = {
  name: "recorded-sums",
  check: (plan) =>
    usesOf(plan)
      .filter(isCounted)
      .flatMap((use) =>
        sumByName(nameOf(use.metric) ?? "", plan.platform.metricTypes).map(({ code, message, hint }) =>
          issue(code, use.path, message, hint, use.source),
        ),
      ),
};

/** What is said of one that its name tells, unless the platform says that it is a counter. */
export function sumByName(name: string, types: Types): Fault[] {
  return isRecordedSum(name) && !Object.hasOwn(types, name) ? [recordedSum(name, " by its name")] : [];
}

/** @param how - How it is known, as it follows. */
export function recordedSum(name: string, how: string): Fault {
  return {
    code: "recorded-sum",
    message: `\`${name}\` is a recorded sum of counters${how}: when a target goes, the sum falls as at a restart, and all that is left of it counts once more.`,
    hint: `Give the counters that it sums; where only what is recorded is kept, record their rate and write { promql: ${JSON.stringify(`sum(${rateName(name)})`)} }. Where each series is of one process, say in the platform: metricTypes: { ${JSON.stringify(name)}: "counter" }.`,
  };
}

/** `job:a:rate5m` for `job:a_total:sum`: the suffix goes where a rate is recorded. */
function rateName(name: string): string {
  const [level = "", metric] = name.split(":");
  const counter = metric ?? level;
  return `${metric === undefined ? "job" : level}:${counter.replace(/_total$/, "")}:rate5m`;
}
