/** Grafana: a dashboard per service, an overview of all of them, and one of all budgets. */
import type { Plan, ServicePlan } from "../compile/plan.ts";
import type { Artifact } from "./artifact.ts";
import { overviewDashboard } from "./grafana/overview-dashboard.ts";
import { serviceDashboard } from "./grafana/service-dashboard.ts";
import { spendDashboard } from "./grafana/spend-dashboard.ts";
import type { Target } from "./target.ts";

export const grafana: Target = {
  name: "grafana",
  emit: (plan) => {
    const services = plan.services.filter(({ slos }) => slos.length > 0);
    const overview = services.length === 0 ? [] : [overviewArtifact({ ...plan, services })];
    return [...services.map((service) => serviceArtifact(service, plan)), ...overview, ...spendArtifacts(plan)];
  },
};

function serviceArtifact(service: ServicePlan, { platform }: Plan): Artifact {
  return {
    path: `grafana/${fileName(service.service.name)}.json`,
    format: "json",
    value: serviceDashboard(service, platform),
  };
}

function overviewArtifact(plan: Plan): Artifact {
  return { path: "grafana/overview.json", format: "json", value: overviewDashboard(plan) };
}

function spendArtifacts(plan: Plan): Artifact[] {
  if (plan.services.every(({ budgets }) => budgets.length === 0)) return [];
  return [{ path: "grafana/spend.json", format: "json", value: spendDashboard(plan) }];
}

/** Dashboards that belong to no service have these names; no service's name has an underscore. */
function fileName(service: string): string {
  return ["overview", "spend"].includes(service) ? `${service}_` : service;
}
