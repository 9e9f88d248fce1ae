/** Dashboards: ConfigMaps for the sidecar, or objects for grafana-operator. */
import type { KubernetesTarget } from "../../model/kubernetes-target.ts";
import { type Emitted, renderCompact } from "../artifact.ts";
import { configMap, type Manifest, metadata, type Placed } from "./manifest.ts";

/** One dashboard, as the object that the target wants; none where it wants none. */
export function dashboardObjects(dashboard: Emitted, target: KubernetesTarget): Placed[] {
  const name = `${dashboard.name}.dashboard`;
  switch (target.dashboards.as) {
    case "configMaps":
      return [{ name, manifest: sidecarConfigMap(dashboard, target) }];
    case "grafanaDashboards":
      return [{ name, manifest: grafanaDashboard(dashboard, target) }];
    case "none":
      return [];
  }
}

function sidecarConfigMap(dashboard: Emitted, target: KubernetesTarget): Manifest {
  const { labels, folder } = target.dashboards;
  const annotations = folder === undefined ? {} : { annotations: { grafana_folder: folder } };
  return configMap(metadata(target, { name: objectName(dashboard), labels, ...annotations }), {
    [`${dashboard.name}.json`]: renderCompact(dashboard),
  });
}

function grafanaDashboard(dashboard: Emitted, target: KubernetesTarget): Manifest {
  const { instanceSelector, folder } = target.dashboards;
  return {
    apiVersion: "grafana.integreatly.org/v1beta1",
    kind: "GrafanaDashboard",
    metadata: metadata(target, { name: objectName(dashboard) }),
    spec: {
      instanceSelector: { matchLabels: instanceSelector },
      ...(folder === undefined ? {} : { folder }),
      json: renderCompact(dashboard),
    },
  };
}

/** `firebreak.overview.dashboard`: a dot, since it belongs to no service. */
function objectName({ name }: Emitted): string {
  return `.${name}.dashboard`;
}
