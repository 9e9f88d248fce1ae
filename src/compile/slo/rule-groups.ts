/** The rules of one SLO, in the order in which they are read, in two groups: at every evaluation, and with the tiles. */
import { isRolling } from "../../model/period.ts";
import { printSeconds } from "../../promql/duration.ts";
import type { Counts } from "../../sli/kind.ts";
import type { Rule, RuleGroup } from "../plan.ts";
import type { SloContext } from "./alert.ts";
import { noDataAlerts, onlyErrorsAlert } from "./alerts/absence.ts";
import { brokenAlerts } from "./alerts/broken.ts";
import { budgetAlerts, forecastWindows } from "./alerts/budget-alerts.ts";
import { burnAlert } from "./alerts/burn-alerts.ts";
import { burningAlert } from "./alerts/burning.ts";
import { policyAlerts } from "./alerts/policy-alerts.ts";
import { budgetEventsRule } from "./alerts/traffic.ts";
import { upstreamAlerts } from "./alerts/upstream-down.ts";
import { groupBudgetRules } from "./error-budget/group-budgets.ts";
import { periodRules } from "./error-budget/period.ts";
import { periodLeftRules } from "./error-budget/period-left.ts";
import { metadataRules, objectiveRule } from "./metadata.ts";
import { isFast, windowsOf } from "./placing.ts";
import { baseRules, seriesRule } from "./windows/base.ts";
import { countedRules } from "./windows/counted.ts";
import { ratioRules, weightRules } from "./windows/ratio-rules.ts";
import { hourRules, tileRules } from "./windows/tiles.ts";
import { fastSource, slowSource } from "./windows/windows.ts";

/** A short period has no slow group of its own: what would be in it is evaluated as often as the rest. */
export function ruleGroups(counts: Counts, context: SloContext): RuleGroup[] {
  const { slo, measurement } = context;
  const [fast, slow] = [fastRules(counts, context), slowRules(counts, context)];
  const slowEvery = measurement.tiled ? measurement.tileSeconds : measurement.intervalSeconds;
  return [
    {
      name: slo.id,
      comment: `Every ${printSeconds(measurement.intervalSeconds)}: what happened, the windows that page, the pages.`,
      intervalSeconds: measurement.intervalSeconds,
      rules: saidOnce(fast),
    },
    {
      name: `${slo.id}:slow`,
      comment: `Every ${printSeconds(slowEvery)}: the windows that open tickets, the budget, the tickets, and what is wrong with the measurement.`,
      intervalSeconds: slowEvery,
      rules: saidOnce(slow),
    },
  ];
}

function fastRules(counts: Counts, context: SloContext): Rule[] {
  const { slo, measurement, tiers } = context;
  const fast = tiers.filter((tier) => isFast(tier, measurement));
  return [
    objectiveRule(slo),
    ...baseRules(counts, context),
    ...countedRules(counts, context),
    ...weightRules(context),
    ...groupBudgetRules(context),
    ...windowsOf(fast).flatMap((seconds) => ratioRules(seconds, fastSource(seconds, measurement), context)),
    ...fast.map((tier) => burnAlert(tier, counts, context)),
    ...burningAlert(context),
    ...upstreamAlerts(context),
    ...tileRules(measurement),
    ...seriesRule(counts, context),
    ...onlyErrorsAlert(counts, context),
  ];
}

function slowRules(counts: Counts, context: SloContext): Rule[] {
  const { slo, measurement, tiers } = context;
  const slow = tiers.filter((tier) => !isFast(tier, measurement));
  const recorded = [
    ...windowsOf(tiers.filter((tier) => isFast(tier, measurement))),
    ...slo.periods.filter(isRolling).map(({ seconds }) => seconds),
  ];
  const own = [...new Set([...windowsOf(slow), ...forecastWindows(context)])]
    .filter((seconds) => !recorded.includes(seconds))
    .sort((a, b) => a - b);
  return [
    ...hourRules(measurement),
    ...own.flatMap((seconds) => ratioRules(seconds, slowSource(seconds, measurement), context)),
    ...periodRules(context),
    ...budgetEventsRule(context),
    ...periodLeftRules(context),
    ...slow.map((tier) => burnAlert(tier, counts, context)),
    ...budgetAlerts(context),
    ...policyAlerts(context),
    ...metadataRules(slo, measurement),
    ...noDataAlerts(counts, context),
    ...brokenAlerts(counts, context),
  ];
}

/** A comment that several rules share stands above the first of them. */
function saidOnce(rules: readonly Rule[]): Rule[] {
  return rules.map((rule, index) => {
    const isSaid = rules.findIndex(({ comment }) => comment === rule.comment) < index;
    const { comment, ...plain } = rule;
    return comment !== undefined && isSaid ? plain : rule;
  });
}
