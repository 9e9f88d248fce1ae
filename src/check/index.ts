/** The registry of checks: a new one is a file in this folder, a line here and, for a new code, a row in docs/issues.md. */

import type { Plan } from "../compile/plan.ts";
import type { Issue } from "../issue.ts";
import { bucketSeries } from "./buckets/bucket-series.ts";
import { buckets } from "./buckets/buckets.ts";
import type { Check } from "./check.ts";
import { budgetTeams } from "./environment/budget-teams.ts";
import { delivery } from "./environment/delivery.ts";
import { intervals } from "./environment/intervals.ts";
import { kubernetes } from "./environment/kubernetes.ts";
import { ranges } from "./environment/ranges.ts";
import { receivers } from "./environment/receivers.ts";
import { requiredLabels } from "./environment/required-labels.ts";
import { retention } from "./environment/retention.ts";
import { rulerLimits } from "./environment/ruler-limits.ts";
import { runbooks } from "./environment/runbooks.ts";
import { experiments } from "./experiments.ts";
import { formerNames } from "./former-names.ts";
import { literalMatchers } from "./labels/literal-matchers.ts";
import { misspeltLabels } from "./labels/misspelt-labels.ts";
import { expressions } from "./metrics/expressions.ts";
import { metricNames } from "./metrics/metric-names.ts";
import { metricTypes } from "./metrics/metric-types.ts";
import { recordedSums } from "./metrics/recorded-sums.ts";
import { thresholdScale } from "./metrics/threshold-scale.ts";
import { units } from "./metrics/units.ts";
import { composites } from "./slo/composites.ts";
import { dependencyOrder } from "./slo/dependency-order.ts";
import { exclusions } from "./slo/exclusions.ts";
import { fewEvents } from "./slo/few-events.ts";
import { latePages } from "./slo/late-pages.ts";
import { manyPages } from "./slo/many-pages.ts";
import { slices } from "./slo/slices.ts";
import { staleLoosening } from "./slo/stale-loosening.ts";
import { spendBudgets } from "./spend.ts";
import { matchers } from "./total/matchers.ts";
import { partOfTotal } from "./total/part-of-total.ts";

export const checks: readonly Check[] = [
  bucketSeries,
  buckets,
  budgetTeams,
  spendBudgets,
  composites,
  delivery,
  dependencyOrder,
  exclusions,
  experiments,
  expressions,
  fewEvents,
  formerNames,
  intervals,
  kubernetes,
  latePages,
  literalMatchers,
  manyPages,
  matchers,
  metricNames,
  metricTypes,
  misspeltLabels,
  partOfTotal,
  ranges,
  receivers,
  recordedSums,
  requiredLabels,
  retention,
  rulerLimits,
  runbooks,
  slices,
  staleLoosening,
  thresholdScale,
  units,
];

/** Everything that the checks find in a plan. */
export function runChecks(plan: Plan): Issue[] {
  return checks.flatMap((each) => each.check(plan));
}
