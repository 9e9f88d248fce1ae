/** Grafana: a dashboard per service, an overview of all of them, one of all budgets and one of all experiments. */
import type { Plan, ServicePlan } from "../compile/plan.ts";
import type { Artifact } from "./artifact.ts";
import { experimentsDashboard } from "./grafana/experiments-dashboard.ts";
import type { Dashboard } from "./grafana/model.ts";
import { overviewDashboard } from "./grafana/overview-dashboard.ts";
import { serviceDashboard } from "./grafana/service-dashboard.ts";
import { spendDashboard } from "./grafana/spend-dashboard.ts";
import type { Target } from "./target.ts";

export const grafana: Target = {
  name: "grafana",
  emit: (plan) => {
    const services = plan.services.filter(({ slos }) => slos.length > 0);
    const overview = services.length === 0 ? [] : [overviewArtifact({ ...plan, services })];
    return [...services.map((service) => serviceArtifact(service, plan)), ...overview, ...otherArtifacts(plan)];
  },
};

function serviceArtifact(service: ServicePlan, { platform }: Plan): Artifact {
  return {
    path: `grafana/${fileName(service.service.name)}.json`,
    format: "json",
    header: `Made by firebreak from the declaration of ${service.service.name}. Edit that, not this.`,
    value: serviceDashboard(service, platform),
  };
}

function overviewArtifact(plan: Plan): Artifact {
  return artifact("overview", overviewDashboard(plan));
}

const HEADER = "Made by firebreak from the declarations. Edit those, not this.";

/** One for all budgets, and one for all experiments, where there are any. */
function otherArtifacts(plan: Plan): Artifact[] {
  const some = (of: "budgets" | "experiments"): boolean => plan.services.some((service) => service[of].length > 0);
  return [
    ...(some("budgets") ? [artifact("spend", spendDashboard(plan))] : []),
    ...(some("experiments") ? [artifact("experiments", experimentsDashboard(plan))] : []),
  ];
}

function artifact(name: string, value: Dashboard): Artifact {
  return { path: `grafana/${name}.json`, format: "json", header: HEADER, value };
}

/** Dashboards that belong to no service have these names; no service's name has an underscore. */
function fileName(service: string): string {
  return ["overview", "spend", "experiments"].includes(service) ? `${service}_` : service;
}
