/**
 * Which of the alerts of one limit is told: of two thresholds the higher one, of two burns the faster one. Each rule has a single source alert, like all others.
 */
import { spendBurnAlertName, thresholdAlertName } from "../../compile/alert-names.ts";
import { severities } from "../../compile/audience.ts";
import type { SpendPlan } from "../../compile/plan.ts";
import type { Severity, SpendBurn, SpendThreshold } from "../../model/service.ts";
import type { Matcher } from "../../promql/ast.ts";
import type { InhibitRule } from "./config.ts";
import { isOneOf, isPresent } from "./matcher.ts";

/** Rules name the alerts, not the budgets, so their number does not grow with the budgets. */
export function budgetRules(budgets: readonly SpendPlan[]): InhibitRule<Matcher>[] {
  const labels = new Set(budgets.flatMap(({ groupLabels }) => groupLabels));
  const equal = ["slo_service", "budget", ...[...labels].sort()];
  const pairs = [
    ...thresholdPairs(budgets.flatMap(({ budget }) => budget.thresholds)),
    ...burnPairs(budgets.map(({ budget }) => budget.burns)),
  ];
  const sources = [...new Set(pairs.map(({ source }) => source))].sort();
  return sources.map((source) => ({
    source_matchers: [isPresent("budget"), isOneOf("alertname", [source])],
    target_matchers: [
      isPresent("budget"),
      isOneOf(
        "alertname",
        pairs.filter((pair) => pair.source === source).map((pair) => pair.target),
      ),
    ],
    equal,
  }));
}

/** Two alerts of one limit, of which the first makes the second superfluous. */
interface Pair {
  readonly source: string;
  readonly target: string;
}

function thresholdPairs(thresholds: readonly SpendThreshold[]): Pair[] {
  return thresholds.flatMap((higher) => {
    const lower = thresholds.filter((each) => each.at < higher.at && !isMoreUrgent(each, higher));
    return lower.map((target) => ({ source: thresholdAlertName(higher), target: thresholdAlertName(target) }));
  });
}

/** Two budgets may give their burns the same names in another order: then neither order holds, and both are told. */
function burnPairs(all: readonly (readonly SpendBurn[])[]): Pair[] {
  const pairs = all.flatMap((burns) =>
    burns.flatMap((faster) =>
      burns
        .filter((slower) => slower.burn < faster.burn && !isMoreUrgent(slower, faster))
        .map((slower) => ({ source: spendBurnAlertName(faster), target: spendBurnAlertName(slower) })),
    ),
  );
  return pairs.filter(
    ({ source, target }) => !pairs.some((other) => other.source === target && other.target === source),
  );
}

/** Nothing silences upwards. */
function isMoreUrgent(target: { readonly severity: Severity }, source: { readonly severity: Severity }): boolean {
  return severities.indexOf(target.severity) < severities.indexOf(source.severity);
}
