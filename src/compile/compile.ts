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
import { budgetAlerts } from "./budget-alerts.ts";
import { budgetedWords } from "./budgeting.ts";
import { burnAlert } from "./burn-alerts.ts";
import { compositeWindows } from "./composite-windows.ts";
import { countedOutside, excludedRule } from "./exclusions.ts";
import { compileExperiment } from "./experiment/compile-experiment.ts";
import { fitGroups } from "./fit-groups.ts";
import { badSum, errorRatio, isLong, type Measure, measureOf, totalSum } from "./measure.ts";
import { idLabels, records } from "./naming.ts";
import { groupBudgetRules } from "./objectives.ts";
import type { AlertingRule, Plan, Queries, Rule, RuleGroup, ServicePlan, SloPlan, TierPlan } from "./plan.ts";
import { rawWindows } from "./raw-windows.ts";
import {
  baseRules,
  budgetRules,
  coverageRule,
  exposedRule,
  metadataRules,
  objectiveRule,
  ratioRules,
  sumRules,
  tileRules,
} from "./recording-rules.ts";
import { suspectAlert } from "./suspect-alert.ts";
import { resolveTiers, type Tiers } from "./tiers.ts";
import { budgetEventsRule } from "./traffic.ts";
import { ownWindows, type Windows } from "./windows.ts";

export interface Compiled {
  readonly plan: Plan;
  /** What had to be changed so that the rules are sound. */
  readonly issues: readonly Issue[];
}

/** Compiles services, in name order whatever order they came in. */
export function compile(services: readonly Service[], platform: Platform): Compiled {
  const all = new Map(services.flatMap(({ slos }) => slos).map((slo) => [slo.id, slo]));
  const compiled = byName(services).map((service) => compileService(service, platform, all));
  return {
    plan: { platform, services: compiled.map(({ plan }) => plan) },
    issues: compiled.flatMap(({ issues }) => issues),
  };
}

type Slos = ReadonlyMap<string, Slo>;

function compileService(service: Service, platform: Platform, all: Slos): { plan: ServicePlan; issues: Issue[] } {
  const compiled = byName(service.slos).map((slo) => compileSlo(inStep(slo, all), platform));
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

/** A composite is evaluated no more often than what it is made of. */
function inStep(slo: Slo, all: Slos): Slo {
  if (slo.sli.kind !== "composite") return slo;
  const intervals = slo.sli.of.map((component) => all.get(component.slo)?.evaluationSeconds ?? 0);
  return { ...slo, evaluationSeconds: Math.max(slo.evaluationSeconds, ...intervals) };
}

function compileSlo(slo: Slo, platform: Platform): { plan: SloPlan; issues: readonly Issue[] } {
  const { tiers, dropped, issues }: Tiers = resolveTiers(slo);
  const lengths = [...slo.periods.map(({ seconds }) => seconds), ...tiers.map((tier) => tier.longSeconds)];
  const measure = measureOf(slo, platform, lengths, firstPage(tiers));
  const counts = kindOf(slo.sli).counts(slo.sli, measure.base);
  const windows = windowsOf(slo, counts, measure);
  const groups = ruleGroups({ slo, platform, measure, windows, counts, tiers }).flatMap((each) =>
    fitGroups(each, platform.ruler.rulesPerGroup),
  );
  const plan: SloPlan = {
    slo,
    groupLabels: measure.groupLabels,
    groups,
    measure,
    tiers,
    dropped,
    alerts: groups.flatMap((group) => group.rules.filter((rule): rule is AlertingRule => rule.type === "alert")),
    queries: queries(slo, measure, windows, counts),
    links: { runbook: slo.runbook, dashboard: dashboardUrl(slo, platform) },
    words: budgetedWords(slo.budgeting, kindOf(slo.sli).words(slo.sli)),
  };
  return { plan, issues };
}

function windowsOf(slo: Slo, { witness }: Counts, measure: Measure): Windows {
  if (slo.sli.kind === "composite") return compositeWindows(slo.sli, measure);
  return slo.rawWindows && witness ? rawWindows(slo, witness, measure) : ownWindows(measure);
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
    ...suspectAlert(context),
  ];
  const fast: Rule[] = [
    ...objectiveRule(slo),
    ...excludedRule(slo, measure),
    ...baseRules(slo, counts, measure).map((rule) => countedOutside(rule, slo)),
    ...sumRules(slo, windowsIn(short), windows),
    ...ratioRules(slo, [...longOf(short), ...shownHour(slo)], windows),
    ...groupBudgetRules(slo, longOf(tiers)),
    ...short.map((tier) => burnAlert(tier, context)),
    ...exposedRule(slo, counts, measure),
    ...targetsDownAlert(context),
  ];
  const lengths = [...windowsIn(long), slo.windowSeconds].filter((seconds) => !windowsIn(short).includes(seconds));
  const sums = sumRules(slo, lengths, windows);
  if (!measure.needsTiles)
    return withAbout(slo, "rules", measure.intervalSeconds, [...fast, ...sums, ...budgets], about);
  const slow: Rule[] = [
    ...tileRules(slo, measure),
    ...ratioRules(slo, longOf(long), windows),
    ...long.map((tier) => burnAlert(tier, context)),
    ...budgets,
  ];
  return [
    group(slo, "rules", measure.intervalSeconds, fast),
    ...(sums.length === 0 ? [] : [group(slo, "raw", measure.tileSeconds, sums)]),
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

/** Every window that these tiers look back. */
function windowsIn(tiers: readonly TierPlan[]): number[] {
  return tiers.flatMap(({ longSeconds, shortSeconds }) => [longSeconds, shortSeconds]);
}

function group(slo: Slo, name: "rules" | "raw" | "long", intervalSeconds: number, rules: readonly Rule[]): RuleGroup {
  const file = name === "rules" ? "rules" : "long";
  return { name: name === "rules" ? slo.id : `${slo.id}:${name}`, file, intervalSeconds, rules };
}

function queries(slo: Slo, measure: Measure, windows: Windows, counts: Counts): Queries {
  const recorded = (record: string): Expr => selector(record, idLabels(slo));
  return {
    errorRatio: windows.ratio,
    ...rates(slo, measure),
    objective: recorded(records.objective),
    errorBudget: recorded(records.errorBudget),
    budgetRemaining: recorded(records.budgetRemaining),
    coverage: recorded(records.coverage),
    info: recorded(records.info),
    raw: { bad: counts.bad, total: counts.total },
  };
}

/** Good and bad per second; of a composite, the shares of each component. */
function rates(slo: Slo, measure: Measure): Pick<Queries, "goodRate" | "badRate"> {
  const bad = badSum(measure, RATE_SECONDS);
  const total = totalSum(measure, RATE_SECONDS);
  const shares = errorRatio(measure, RATE_SECONDS);
  if (slo.sli.kind === "composite") return { goodRate: binary("-", number(1), shares), badRate: shares };
  const perSecond = (sum: Expr): Expr => binary("/", sum, number(RATE_SECONDS));
  return { goodRate: perSecond(binary("-", total, bad)), badRate: perSecond(bad) };
}

const RATE_SECONDS = 300;

function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
}
