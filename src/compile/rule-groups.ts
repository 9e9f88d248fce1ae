/** The rules of one SLO in their groups: which are evaluated together, how often, and in which order. */
import type { Slo } from "../model/service.ts";
import { noDataAlert, targetsDownAlert } from "./absence-alerts.ts";
import type { AlertContext } from "./alert.ts";
import { brokenAlert } from "./broken-alert.ts";
import { budgetAlerts } from "./budget-alerts.ts";
import { burnAlert } from "./burn-alerts.ts";
import { countedOutside, excludedRule } from "./exclusions.ts";
import { isLong } from "./measure.ts";
import { groupBudgetRules } from "./objectives.ts";
import type { Rule, RuleGroup, TierPlan } from "./plan.ts";
import {
  baseRules,
  budgetRules,
  coverageRule,
  exposedRule,
  metadataRules,
  objectiveRule,
  ratioRules,
  tileRules,
} from "./recording-rules.ts";
import { budgetEventsRule } from "./traffic.ts";

/**
 * Everything up to six hours in one group, in the order in which it is read; the rest at a slower interval. Several
 * periods would make that one too large: what nothing waits for then has a group of its own.
 */
export function ruleGroups(context: AlertContext): RuleGroup[] {
  const { slo, measure, windows, counts, tiers } = context;
  const short = tiers.filter((tier) => !isLong(measure, tier.longSeconds));
  const long = tiers.filter((tier) => isLong(measure, tier.longSeconds));
  const budgets: Rule[] = budgetRules(slo, measure, windows);
  const about: Rule[] = [
    coverageRule(slo, measure),
    ...budgetEventsRule(slo, measure),
    ...metadataRules(slo),
    ...noDataAlert(context),
    ...brokenAlert(context),
    ...budgetAlerts(context),
  ];
  const fast: Rule[] = [
    ...objectiveRule(slo),
    ...excludedRule(slo, measure),
    ...baseRules(slo, counts, measure).map((rule) => countedOutside(rule, slo)),
    ...ratioRules(slo, [...longOf(short), ...shownHour(slo)], windows),
    ...groupBudgetRules(slo, longOf(tiers)),
    ...short.map((tier) => burnAlert(tier, context)),
    ...exposedRule(slo, counts, measure),
    ...targetsDownAlert(context),
  ];
  if (!measure.needsTiles) return withAbout(slo, "rules", measure.intervalSeconds, [...fast, ...budgets], about);
  const slow: Rule[] = [
    ...tileRules(slo, measure),
    ...ratioRules(slo, longOf(long), windows),
    ...long.map((tier) => burnAlert(tier, context)),
    ...budgets,
  ];
  return [
    group(slo, "rules", measure.intervalSeconds, fast),
    ...withAbout(slo, "long", measure.tileSeconds, slow, about),
  ];
}

function withAbout(
  slo: Slo,
  name: "rules" | "long",
  intervalSeconds: number,
  rules: readonly Rule[],
  about: readonly Rule[],
): RuleGroup[] {
  if (slo.periods.length === 1) return [group(slo, name, intervalSeconds, [...rules, ...about])];
  return [
    group(slo, name, intervalSeconds, rules),
    { ...group(slo, name, intervalSeconds, about), name: `${slo.id}:about` },
  ];
}

function longOf(tiers: readonly TierPlan[]): number[] {
  return tiers.map(({ longSeconds }) => longSeconds);
}

/** Dashboards show the last hour of every SLO, which of a composite is not to be had from counts. */
function shownHour({ sli }: Slo): number[] {
  return sli.kind === "composite" ? [3600] : [];
}

function group(slo: Slo, name: "rules" | "long", intervalSeconds: number, rules: readonly Rule[]): RuleGroup {
  const file = name === "rules" ? "rules" : "long";
  return { name: name === "rules" ? slo.id : `${slo.id}:${name}`, file, intervalSeconds, rules };
}
