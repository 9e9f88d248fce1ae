/** Kubernetes: the other targets' files as objects of a cluster, where `platform.kubernetes` says how. */
import type { Plan } from "../compile/plan.ts";
import type { KubernetesTarget } from "../model/kubernetes-target.ts";
import { alertmanager } from "./alertmanager.ts";
import type { Artifact } from "./artifact.ts";
import { grafana } from "./grafana.ts";
import { alertmanagerObjects, secretsDirectory } from "./kubernetes/alertmanager.ts";
import { dashboardObjects } from "./kubernetes/dashboards.ts";
import { namespace, type Placed } from "./kubernetes/manifest.ts";
import { ruleObjects } from "./kubernetes/rules.ts";
import { runbookObjects } from "./kubernetes/runbooks.ts";
import { prometheus } from "./prometheus.ts";
import { runbooks } from "./runbooks.ts";
import { serviceOf } from "./service-of.ts";
import type { Target, Templates } from "./target.ts";

const HEADER = "Made by firebreak from the declarations. Edit those, not this.";

export const kubernetes: Target = {
  name: "kubernetes",
  files: /^kubernetes\//,
  emit: (plan, templates) => {
    const target = plan.platform.kubernetes;
    if (target === undefined) return [];
    return objects(plan, templates, target).map(({ file, manifest }) => ({
      path: `kubernetes/${file}.yaml`,
      format: "yaml",
      value: manifest,
      header: HEADER,
    }));
  },
};

function objects(plan: Plan, templates: Templates, target: KubernetesTarget): Placed[] {
  const rules = byService(prometheus.emit(plan, templates));
  const pages = byService(runbooks.emit(plan, templates));
  return [
    ...namespace(target),
    ...rules.flatMap(([service, files]) => ruleObjects(service, files, target)),
    ...grafana.emit(plan, templates).flatMap((dashboard) => dashboardObjects(dashboard, target)),
    ...pages.flatMap(([service, files]) => runbookObjects(service, files, target)),
    ...routes(plan, templates, target),
  ];
}

function byService(files: readonly Artifact[]): [string, Artifact[]][] {
  const services = [...new Set(files.map((file) => serviceOf(file.path) ?? ""))];
  return services.map((service) => [service, files.filter((file) => serviceOf(file.path) === service)]);
}

function routes(plan: Plan, templates: Templates, target: KubernetesTarget): Placed[] {
  const platform = { ...plan.platform, secretsDirectory: secretsDirectory(plan.platform.secretsDirectory, target) };
  const [config, template] = alertmanager.emit({ ...plan, platform }, templates);
  return config && template ? alertmanagerObjects({ config, template }, target) : [];
}
