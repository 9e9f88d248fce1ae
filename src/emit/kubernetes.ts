/** Kubernetes: the other targets' files as objects of a cluster, where `platform.kubernetes` says how. */
import type { Plan } from "../compile/plan.ts";
import type { KubernetesTarget } from "../model/kubernetes-target.ts";
import { alertmanager, compileConfig } from "./alertmanager.ts";
import type { Emitted } from "./artifact.ts";
import { grafana } from "./grafana.ts";
import { alertmanagerObjects, secretsDirectory } from "./kubernetes/alertmanager.ts";
import { dashboardObjects } from "./kubernetes/dashboards.ts";
import { namespace, type Placed } from "./kubernetes/manifest.ts";
import { ruleObjects } from "./kubernetes/rules.ts";
import { runbookObjects } from "./kubernetes/runbooks.ts";
import { prometheus } from "./prometheus.ts";
import { runbooks } from "./runbooks.ts";
import type { Target, Templates } from "./target.ts";

const HEADER = "Made by firebreak from the declarations. Edit those, not this.";

export const kubernetes: Target = {
  name: "kubernetes",
  files: /^kubernetes\//,
  emit: (plan, templates) => {
    const target = plan.platform.kubernetes;
    if (target === undefined) return [];
    return objects(plan, templates, target).map(({ manifest, ...identity }) => ({
      ...identity,
      kind: "object",
      path: `kubernetes/${[...(identity.service === undefined ? [] : [identity.service]), identity.name].join(".")}.yaml`,
      format: "yaml",
      value: manifest,
      header: HEADER,
    }));
  },
};

function objects(plan: Plan, templates: Templates, target: KubernetesTarget): Placed[] {
  // Copied: they are read again for every group, and their values would be made again.
  const rules = byService(prometheus.emit(plan, templates).map((file) => ({ ...file })));
  const pages = byService(runbooks.emit(plan, templates));
  return [
    ...namespace(target),
    ...rules.flatMap(([service, files]) => ruleObjects(service, files, target)),
    ...grafana.emit(plan, templates).flatMap((dashboard) => dashboardObjects(dashboard, target)),
    ...pages.flatMap(([service, files]) => runbookObjects(service, files, target)),
    ...routes(plan, templates, target),
  ];
}

function byService(files: readonly Emitted[]): [string, Emitted[]][] {
  const services = [...new Set(files.flatMap(({ service }) => service ?? []))];
  return services.map((service) => [service, files.filter((file) => file.service === service)]);
}

function routes(plan: Plan, templates: Templates, target: KubernetesTarget): Placed[] {
  const platform = { ...plan.platform, secretsDirectory: secretsDirectory(plan.platform.secretsDirectory, target) };
  const placed = { ...plan, platform };
  const [config, template] = alertmanager.emit(placed, templates);
  return config && template ? alertmanagerObjects({ values: compileConfig(placed), config, template }, target) : [];
}
