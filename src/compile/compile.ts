/** Services to a Plan: pure and total. A valid service always compiles, and the same one to the same plan. */
import type { Issue } from "../issue.ts";
import { sliceSecondsOf } from "../model/budgeting.ts";
import type { Platform, Service, Slo } from "../model/service.ts";
import { componentsOf as madeOf } from "../sli/index.ts";
import { compileExperiment } from "./experiment/compile-experiment.ts";
import { type Keep, keepAll } from "./keep.ts";
import { type Plan, type ServicePlan, withAlerts } from "./plan.ts";
import { serviceGroups } from "./service/targets-down.ts";
import { compileSlo, type Others } from "./slo/compile-slo.ts";
import { compileSpend } from "./spend/compile-spend.ts";

export interface Compiled {
  readonly plan: Plan;
  /** What had to be changed so that the rules are sound. */
  readonly issues: readonly Issue[];
}

/**
 * Compiles services, in name order whatever order they came in.
 *
 * @param keep - How long the rules of SLOs are remembered: they are made when they are read.
 */
export function compile(services: readonly Service[], platform: Platform, keep: Keep = keepAll): Compiled {
  const all = new Map(services.flatMap(({ slos }) => slos).map((slo) => [slo.id, slo]));
  const compiled = byName(services).map((service) => compileService(service, { platform, all, keep }));
  return {
    plan: { platform, services: compiled.map(({ plan }) => plan) },
    issues: compiled.flatMap(({ issues }) => issues),
  };
}

type Slos = ReadonlyMap<string, Slo>;

interface Compilation {
  readonly platform: Platform;
  readonly all: Slos;
  readonly keep: Keep;
}

function compileService(
  service: Service,
  { platform, all, keep }: Compilation,
): { plan: ServicePlan; issues: Issue[] } {
  const compiled = byName(service.slos).map((slo) => compileSlo(inStep(slo, all), platform, othersOf(slo, all), keep));
  const slos = compiled.map(({ plan }) => plan);
  const own = keep(() => withAlerts(serviceGroups(service, slos, platform)));
  return {
    plan: {
      service,
      get groups() {
        return own().groups;
      },
      get alerts() {
        return own().alerts;
      },
      slos,
      budgets: byName(service.budgets).map((budget) => compileSpend(budget, platform)),
      experiments: byName(service.experiments).map((experiment) => compileExperiment(experiment, platform)),
    },
    issues: compiled.flatMap(({ issues }) => issues),
  };
}

/** A composite is no faster than what it is made of: evaluations, scrapes and slices. */
function inStep(slo: Slo, all: Slos): Slo {
  const components = componentsOf(slo, all);
  if (components.length === 0) return slo;
  return {
    ...slo,
    evaluationSeconds: Math.max(slo.evaluationSeconds, ...components.map(({ evaluationSeconds }) => evaluationSeconds)),
    scrapeSeconds: Math.max(slo.scrapeSeconds, ...components.map(({ scrapeSeconds }) => scrapeSeconds)),
    componentSlices: components.map((each) => sliceSecondsOf(each) ?? 0),
  };
}

function othersOf(slo: Slo, all: Slos): Others {
  const upstreams = [...slo.dependsOn].sort().flatMap((id) => all.get(id) ?? []);
  return { components: componentsOf(slo, all), upstreams };
}

function componentsOf({ sli }: Slo, all: Slos): Slo[] {
  return madeOf(sli).flatMap(({ slo }) => all.get(slo) ?? []);
}

function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => (a.name < b.name ? -1 : 1));
}
