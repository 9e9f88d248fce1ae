/** Services to a Plan: pure and total. A valid service always compiles, and the same one to the same plan. */
import type { Issue } from "../issue.ts";
import type { Platform, Service, Slo } from "../model/service.ts";
import { kindOf } from "../sli/index.ts";
import { dashboardUrl } from "./alert.ts";
import { compileBudget } from "./budget/compile-budget.ts";
import { budgetedWords } from "./budgeting.ts";
import { compositeWindows } from "./composite-windows.ts";
import { compileExperiment } from "./experiment/compile-experiment.ts";
import { fitGroups } from "./fit-groups.ts";
import { type Measure, measureOf } from "./measure.ts";
import type { AlertingRule, Plan, ServicePlan, SloPlan, TierPlan } from "./plan.ts";
import { queries } from "./queries.ts";
import { ruleGroups } from "./rule-groups.ts";
import { resolveTiers, type Tiers } from "./tiers.ts";
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
  const ratios = tiers.map((tier) => tier.longSeconds);
  const lengths = [...slo.periods.map(({ seconds }) => seconds), ...ratios];
  const measure = measureOf(slo, platform, lengths, firstPage(tiers), ratios);
  const counts = kindOf(slo.sli).counts(slo.sli, measure.base);
  const windows = windowsOf(slo, measure);
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

function windowsOf(slo: Slo, measure: Measure): Windows {
  if (slo.sli.kind === "composite") return compositeWindows(slo.sli, measure);
  return ownWindows(measure);
}

/** The long window of the page that detects an outage first. */
function firstPage(tiers: readonly TierPlan[]): number {
  const detection = ({ longSeconds, threshold }: TierPlan): number => longSeconds * threshold;
  const pages = tiers.filter((tier) => tier.severity === "page").sort((a, b) => detection(a) - detection(b));
  return pages[0]?.longSeconds ?? 0;
}

function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
}
