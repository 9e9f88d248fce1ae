/** The registry of checks: a new one is a file in this folder, a line here and, for a new code, a row in docs/issues.md. */
import type { Plan } from "../compile/plan.ts";
import type { Issue } from "../issue.ts";
import { bucketSeries } from "./bucket-series.ts";
import { buckets } from "./buckets.ts";
import { budgets } from "./budgets.ts";
import type { Check } from "./check.ts";
import { composites } from "./composites.ts";
import { exclusions } from "./exclusions.ts";
import { experiments } from "./experiments.ts";
import { expressions } from "./expressions.ts";
import { fewEvents } from "./few-events.ts";
import { intervals } from "./intervals.ts";
import { kubernetes } from "./kubernetes.ts";
import { literalMatchers } from "./literal-matchers.ts";
import { matchers } from "./matchers.ts";
import { metricNames } from "./metric-names.ts";
import { metricTypes } from "./metric-types.ts";
import { misspeltLabels } from "./misspelt-labels.ts";
import { parts } from "./parts.ts";
import { ranges } from "./ranges.ts";
import { receivers } from "./receivers.ts";
import { requiredLabels } from "./required-labels.ts";
import { retention } from "./retention.ts";
import { rulerLimits } from "./ruler-limits.ts";
import { runbooks } from "./runbooks.ts";
import { slices } from "./slices.ts";
import { units } from "./units.ts";

export const checks: readonly Check[] = [
  bucketSeries,
  buckets,
  budgets,
  composites,
  exclusions,
  experiments,
  expressions,
  fewEvents,
  intervals,
  kubernetes,
  literalMatchers,
  matchers,
  metricNames,
  metricTypes,
  misspeltLabels,
  parts,
  ranges,
  receivers,
  requiredLabels,
  retention,
  rulerLimits,
  runbooks,
  slices,
  units,
];

/** Everything that the checks find in a plan. */
export function runChecks(plan: Plan): Issue[] {
  return checks.flatMap((each) => each.check(plan));
}
