/** Rules: a PrometheusRule per service for the operator, a ConfigMap per service for a Prometheus that mounts it. */
import type { KubernetesTarget } from "../../model/kubernetes-target.ts";
import { type Artifact, render } from "../artifact.ts";
import { configMap, metadata, type Placed } from "./manifest.ts";
import { bytesOf, pack, partSuffix } from "./pack.ts";

/**
 * The operator refuses a PrometheusRule whose YAML has more than 512 KiB: the API server takes it, and it is never
 * loaded. Its YAML is not ours to the byte, so there is room to spare.
 */
const LARGEST_RULE = 440 * 1024;

/** Kubernetes takes 1 MiB in a ConfigMap. */
export const LARGEST_CONFIG_MAP = 1000 * 1024;

interface Group {
  readonly name: string;
  readonly rules: readonly Readonly<Record<string, unknown>>[];
}

/** The rules of one service, from its rule files. */
export function ruleObjects(service: string, files: readonly Artifact[], target: KubernetesTarget): Placed[] {
  return target.kind === "operator" ? prometheusRules(service, files, target) : ruleConfigMaps(service, files, target);
}

function prometheusRules(service: string, files: readonly Artifact[], target: KubernetesTarget): Placed[] {
  const groups = files.flatMap((file) => (file.value as { readonly groups: readonly Group[] }).groups);
  const size = (group: Group) => bytesOf(render({ path: "", format: "yaml", value: [group] }));
  return pack(groups, size, LARGEST_RULE).map((part, index) => ({
    file: `${service}.rules${partSuffix(index)}`,
    manifest: {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: metadata(target, { name: `-${service}${partSuffix(index)}`, labels: target.selectorLabels }),
      spec: { groups: part.map((group) => reachable(group, target)) },
    },
  }));
}

/**
 * By default Alertmanager gives an AlertmanagerConfig only the alerts that carry its namespace as a label, which sums
 * over a whole service do not.
 */
function reachable(group: Group, { alertmanager, namespace }: KubernetesTarget): Group {
  if (alertmanager.as !== "config" || alertmanager.matching === "None") return group;
  const rules = group.rules.map((rule) =>
    "alert" in rule ? { ...rule, labels: { ...(rule.labels as object), namespace } } : rule,
  );
  return { ...group, rules };
}

function ruleConfigMaps(service: string, files: readonly Artifact[], target: KubernetesTarget): Placed[] {
  const texts = files.map((file): [string, string] => [file.path.replace(/^.*\//, ""), render(file)]);
  return pack(texts, ([, text]) => bytesOf(text), LARGEST_CONFIG_MAP).map((part, index) => ({
    file: `${service}.rules${partSuffix(index)}`,
    manifest: configMap(
      metadata(target, { name: `-${service}.rules${partSuffix(index)}`, labels: { "firebreak/rules": service } }),
      Object.fromEntries(part),
    ),
  }));
}
