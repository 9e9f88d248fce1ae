/** Grafana: a dashboard per service, and an overview of all of them. */
import type { Plan, ServicePlan } from "../compile/plan.ts";
import type { Artifact } from "./artifact.ts";
import { overviewDashboard } from "./grafana/overview-dashboard.ts";
import { serviceDashboard } from "./grafana/service-dashboard.ts";
import type { Target } from "./target.ts";

export const grafana: Target = {
  name: "grafana",
  emit: (plan) => {
    const services = plan.services.filter(({ slos }) => slos.length > 0);
    if (services.length === 0) return [];
    return [...services.map((service) => serviceArtifact(service, plan)), overviewArtifact({ ...plan, services })];
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

/** Dashboards that belong to no service have these names; no service's name has an underscore. */
function fileName(service: string): string {
  return ["overview", "spend"].includes(service) ? `${service}_` : service;
}
