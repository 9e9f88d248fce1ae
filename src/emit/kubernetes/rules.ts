/** Rules: a PrometheusRule per service for the operator, a ConfigMap per service for a Prometheus that mounts it. */
import type { KubernetesTarget } from "../../model/kubernetes-target.ts";
import { type Artifact, render, type YamlArtifact } from "../artifact.ts";
import type { Comment } from "../yaml/print-yaml.ts";
import { configMap, metadata, type Placed } from "./manifest.ts";
import { bytesInObject, splitBySize } from "./split-by-size.ts";

interface Group {
  readonly name: string;
  readonly rules: readonly Readonly<Record<string, unknown>>[];
}

/** The rules of one service, from its rule files. */
export function ruleObjects(service: string, files: readonly Artifact[], target: KubernetesTarget): Placed[] {
  return target.kind === "operator" ? prometheusRules(service, files, target) : ruleConfigMaps(service, files, target);
}

function prometheusRules(service: string, files: readonly Artifact[], target: KubernetesTarget): Placed[] {
  const groups = files.flatMap(groupsOf).map((group) => reachable(group, target));
  return splitBySize(groups, { name: ({ name }) => name, size: bytesInObject }).map(({ suffix, items }) => ({
    service,
    name: `rules${suffix}`,
    manifest: {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "PrometheusRule",
      metadata: metadata(target, { name: `-${service}${suffix}`, labels: target.selectorLabels }),
      spec: { groups: items },
    },
  }));
}

function groupsOf(file: Artifact): readonly Group[] {
  return (file.value as { readonly groups: readonly Group[] }).groups;
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
  return files.flatMap((file) => {
    const numbered = groupsOf(file).map((group, place) => ({ group, place }));
    const size = ({ place }: Numbered) => bytesInObject(render(fileOf(file as YamlArtifact, [place])));
    return splitBySize(numbered, { name: ({ group }) => group.name, size }).map(({ suffix, items }) => {
      const part = fileOf(
        file as YamlArtifact,
        items.map(({ place }) => place),
      );
      return mounted(service, suffix, render(part), target);
    });
  });
}

interface Numbered {
  readonly group: Group;
  readonly place: number;
}

/** A rule file with the groups at these places alone, and what is said of them. */
function fileOf(file: YamlArtifact, places: readonly number[]): Artifact {
  const all = groupsOf(file);
  const moved = ({ at: [list = "groups", place, ...rest], text }: Comment): Comment[] => {
    const now = places.indexOf(place as number);
    return now < 0 ? [] : [{ at: [list, now, ...rest], text }];
  };
  const value = { groups: places.map((place) => all[place]) };
  return { ...file, value, comments: (file.comments ?? []).flatMap(moved) };
}

/** Its key ends in `.rules.yaml`, as Prometheus is configured to look for it, and is another one in each part: one folder may hold all. */
function mounted(service: string, suffix: string, text: string, target: KubernetesTarget): Placed {
  const identity = { name: `-${service}.rules${suffix}`, labels: { "firebreak/rules": service } };
  return {
    service,
    name: `rules${suffix}`,
    manifest: configMap(metadata(target, identity), { [`${service}${suffix}.rules.yaml`]: text }),
  };
}
