/** Dashboards: ConfigMaps for the sidecar, or objects for grafana-operator. */
import type { KubernetesTarget } from "../../model/kubernetes-target.ts";
import { type Artifact, render } from "../artifact.ts";
import { configMap, type Manifest, metadata, type Placed } from "./manifest.ts";

/** One dashboard, as the object that the target wants; none where it wants none. */
export function dashboardObjects(dashboard: Artifact, target: KubernetesTarget): Placed[] {
  const file = dashboard.path.replace(/^.*\//, "");
  const id = file.replace(/\.json$/, "");
  switch (target.dashboards.as) {
    case "configMaps":
      return [{ file: `${id}.dashboard`, manifest: sidecarConfigMap(file, dashboard, target) }];
    case "grafanaDashboards":
      return [{ file: `${id}.dashboard`, manifest: grafanaDashboard(file, dashboard, target) }];
    case "none":
      return [];
  }
}

function sidecarConfigMap(file: string, dashboard: Artifact, target: KubernetesTarget): Manifest {
  const { labels, folder } = target.dashboards;
  const annotations = folder === undefined ? {} : { annotations: { grafana_folder: folder } };
  return configMap(metadata(target, { name: objectName(file), labels, ...annotations }), {
    [file]: render(dashboard),
  });
}

function grafanaDashboard(file: string, dashboard: Artifact, target: KubernetesTarget): Manifest {
  const { instanceSelector, folder } = target.dashboards;
  return {
    apiVersion: "grafana.integreatly.org/v1beta1",
    kind: "GrafanaDashboard",
    metadata: metadata(target, { name: objectName(file) }),
    spec: {
      instanceSelector: { matchLabels: instanceSelector },
      ...(folder === undefined ? {} : { folder }),
      json: render(dashboard),
    },
  };
}

/** `firebreak.overview.dashboard`: a dot, since it belongs to no service. */
function objectName(file: string): string {
  return `.${file.replace(/\.json$/, "")}.dashboard`;
}
