/** Services to a Plan: pure and total. A valid service always compiles, and the same one to the same plan. */
import type { Issue } from "../issue.ts";
import type { Platform, Service, Slo } from "../model/service.ts";
import type { Expr } from "../promql/ast.ts";
import { binary, number, selector } from "../promql/build.ts";
import { kindOf } from "../sli/index.ts";
import type { Counts } from "../sli/kind.ts";
import { noDataAlert, targetsDownAlert } from "./absence-alerts.ts";
import { type AlertContext, dashboardUrl } from "./alert.ts";
import { brokenAlert } from "./broken-alert.ts";
import { compileBudget } from "./budget/compile-budget.ts";
import { burnAlert } from "./burn-alerts.ts";
import { compileExperiment } from "./experiment/compile-experiment.ts";
import { badSum, errorRatio, isLong, type Measure, measureOf, totalSum } from "./measure.ts";
import { idLabels, records } from "./naming.ts";
import type { AlertingRule, Plan, Queries, Rule, RuleGroup, ServicePlan, SloPlan, TierPlan } from "./plan.ts";
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
import { resolveTiers, type Tiers } from "./tiers.ts";

export interface Compiled {
  readonly plan: Plan;
  /** What had to be changed so that the rules are sound. */
  readonly issues: readonly Issue[];
}

/** Compiles services, in name order whatever order they came in. */
export function compile(services: readonly Service[], platform: Platform): Compiled {
  const compiled = byName(services).map((service) => compileService(service, platform));
  return {
    plan: { platform, services: compiled.map(({ plan }) => plan) },
    issues: compiled.flatMap(({ issues }) => issues),
  };
}

function compileService(service: Service, platform: Platform): { plan: ServicePlan; issues: Issue[] } {
  const compiled = byName(service.slos).map((slo) => compileSlo(slo, platform));
  return {
    plan: {
      service,
      slos: compiled.map(({ plan }) => plan),
      budgets: byName(service.budgets).map((budget) => compileBudget(budget, platform)),
      experiments: byName(service.experiments).map((experiment) => compileExperiment(experiment, platform)),
    },
    issues: compiled.flatMap(({ issues }) => issues),
  };
}

function compileSlo(slo: Slo, platform: Platform): { plan: SloPlan; issues: readonly Issue[] } {
  const { tiers, dropped, issues }: Tiers = resolveTiers(slo);
  const windows = [...slo.periods.map(({ seconds }) => seconds), ...tiers.map((tier) => tier.longSeconds)];
  const measure = measureOf(slo, platform, windows, firstPage(tiers));
  const counts = kindOf(slo.sli).counts(slo.sli, measure.base);
  const groups = ruleGroups({ slo, platform, measure, counts, tiers });
  const plan: SloPlan = {
    slo,
    groupLabels: measure.base.by,
    groups,
    measure,
    tiers,
    dropped,
    alerts: groups.flatMap((group) => group.rules.filter((rule): rule is AlertingRule => rule.type === "alert")),
    queries: queries(slo, measure, counts),
    links: { runbook: slo.runbook, dashboard: dashboardUrl(slo, platform) },
    words: kindOf(slo.sli).words(slo.sli),
  };
  return { plan, issues };
}

/** The long window of the page that detects an outage first. */
function firstPage(tiers: readonly TierPlan[]): number {
  const detection = ({ longSeconds, threshold }: TierPlan): number => longSeconds * threshold;
  const pages = tiers.filter((tier) => tier.severity === "page").sort((a, b) => detection(a) - detection(b));
  return pages[0]?.longSeconds ?? 0;
}

/**
 * Everything up to six hours in one group, in the order in which it is read; the rest at a slower interval. Several
 * periods would make that one too large: what nothing waits for then has a group of its own.
 */
function ruleGroups(context: AlertContext): RuleGroup[] {
  const { slo, measure, counts, tiers } = context;
  const short = tiers.filter((tier) => !isLong(measure, tier.longSeconds));
  const long = tiers.filter((tier) => isLong(measure, tier.longSeconds));
  const budgets: Rule[] = budgetRules(slo, measure);
  const about: Rule[] = [
    ...exposedRule(slo, counts, measure),
    coverageRule(slo, measure),
    ...metadataRules(slo),
    ...noDataAlert(context),
    ...brokenAlert(context),
  ];
  const fast: Rule[] = [
    objectiveRule(slo),
    ...baseRules(slo, counts),
    ...ratioRules(slo, short, measure),
    ...short.map((tier) => burnAlert(tier, context)),
    ...targetsDownAlert(context),
  ];
  if (!measure.needsTiles) return withAbout(slo, "rules", measure.intervalSeconds, [...fast, ...budgets], about);
  const slow: Rule[] = [
    ...tileRules(slo, measure),
    ...ratioRules(slo, long, measure),
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
  file: RuleGroup["file"],
  intervalSeconds: number,
  rules: readonly Rule[],
  about: readonly Rule[],
): RuleGroup[] {
  if (slo.periods.length === 1) return [group(slo, file, intervalSeconds, [...rules, ...about])];
  const apart = { name: `${slo.id}:about`, file, intervalSeconds, rules: about };
  return [group(slo, file, intervalSeconds, rules), apart];
}

function group(slo: Slo, file: "rules" | "long", intervalSeconds: number, rules: readonly Rule[]): RuleGroup {
  const name = file === "rules" ? slo.id : `${slo.id}:long`;
  return { name, file, intervalSeconds, rules };
}

function queries(slo: Slo, measure: Measure, counts: Counts): Queries {
  const perSecond = (sum: Expr): Expr => binary("/", sum, number(300));
  const recorded = (record: string): Expr => selector(record, idLabels(slo));
  return {
    errorRatio: (seconds) => errorRatio(measure, seconds),
    goodRate: perSecond(binary("-", totalSum(measure, 300), badSum(measure, 300))),
    badRate: perSecond(badSum(measure, 300)),
    objective: recorded(records.objective),
    errorBudget: recorded(records.errorBudget),
    budgetRemaining: recorded(records.budgetRemaining),
    coverage: recorded(records.coverage),
    info: recorded(records.info),
    raw: { bad: counts.bad, total: counts.total },
  };
}

function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
}
