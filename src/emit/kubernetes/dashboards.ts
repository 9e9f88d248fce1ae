/** Dashboards: ConfigMaps for the sidecar, or objects for grafana-operator. */
import type { KubernetesTarget } from "../../model/kubernetes.ts";
import { type Artifact, render } from "../artifact.ts";
import { COMMON } from "../service-of.ts";
import { configMap, type Manifest, metadata, type Placed } from "./manifest.ts";
import { bytesOf } from "./pack.ts";
import { LARGEST_CONFIG_MAP } from "./rules.ts";

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
    [file]: fitting(dashboard),
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
      json: fitting(dashboard),
    },
  };
}

/** `firebreak-checkout.dashboard`, and `firebreak.overview.dashboard` for what belongs to no service. */
function objectName(file: string): string {
  const id = file.replace(/\.json$/, "");
  if (id.endsWith("_")) return `-${id.slice(0, -1)}.dashboard`;
  return COMMON.some((common) => common === id) ? `.${id}.dashboard` : `-${id}.dashboard`;
}

/** The bytes of the file; where they are too many for an object, the same JSON without spaces. */
function fitting(dashboard: Artifact): string {
  const text = render(dashboard);
  return bytesOf(text) <= LARGEST_CONFIG_MAP ? text : JSON.stringify(JSON.parse(text));
}
