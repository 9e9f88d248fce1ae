/** Grafana: four dashboards for whatever is declared. Variables and recorded constants say what differs, so none grows. */
import type { Plan, ServicePlan } from "../compile/plan.ts";
import type { Emitted } from "./artifact.ts";
import { experimentsDashboard } from "./grafana/experiments-dashboard.ts";
import { overviewDashboard } from "./grafana/overview/overview-dashboard.ts";
import type { Dashboard } from "./grafana/panels/model.ts";
import { sloDashboard } from "./grafana/slo/slo-dashboard.ts";
import { spendDashboard } from "./grafana/spend/spend-dashboard.ts";
import type { Target } from "./target.ts";

export const grafana: Target = {
  name: "grafana",
  files: /^grafana\//,
  emit: ({ platform, services }: Plan) => {
    const some = (of: "slos" | "budgets" | "experiments"): boolean => services.some((each) => each[of].length > 0);
    return [
      ...(some("slos") ? [artifact("slo", sloDashboard(platform))] : []),
      ...(services.some(isPromised) ? [artifact("overview", overviewDashboard(platform))] : []),
      ...(some("budgets") ? [artifact("spend", spendDashboard(platform))] : []),
      ...(some("experiments") ? [artifact("experiments", experimentsDashboard())] : []),
    ];
  },
};

function isPromised({ slos, budgets, experiments }: ServicePlan): boolean {
  return slos.length + budgets.length + experiments.length > 0;
}

function artifact(name: string, value: Dashboard): Emitted {
  const header = "Made by firebreak for whatever is declared. Edit the declarations, not this.";
  return { kind: "dashboard", name, path: `grafana/${name}.json`, format: "json", header, value };
}
