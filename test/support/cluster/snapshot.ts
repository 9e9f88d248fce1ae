/** What is in a namespace, and what changed there between two looks. */
import type { Client, KubernetesObject } from "./client.ts";

/** Objects by `Kind name`. */
export type Snapshot = ReadonlyMap<string, KubernetesObject>;

const KINDS = {
  ConfigMap: (namespace: string) => `/api/v1/namespaces/${namespace}/configmaps`,
  Secret: (namespace: string) => `/api/v1/namespaces/${namespace}/secrets`,
  PrometheusRule: (namespace: string) => `/apis/monitoring.coreos.com/v1/namespaces/${namespace}/prometheusrules`,
  AlertmanagerConfig: (namespace: string) =>
    `/apis/monitoring.coreos.com/v1alpha1/namespaces/${namespace}/alertmanagerconfigs`,
} as const;

export type Kind = keyof typeof KINDS;

/** Path of an object, or of all of a kind. */
export function pathOf(kind: Kind, namespace: string, name?: string): string {
  return name === undefined ? KINDS[kind](namespace) : `${KINDS[kind](namespace)}/${name}`;
}

/** Everything that firebreak made there. */
export async function snapshot(client: Client, namespace: string): Promise<Snapshot> {
  const kinds = Object.keys(KINDS) as Kind[];
  const lists = await Promise.all(
    kinds.map(async (kind) => {
      const objects = await client.list(pathOf(kind, namespace));
      return objects
        .filter(isOurs)
        .map((object): [string, KubernetesObject] => [`${kind} ${object.metadata.name}`, object]);
    }),
  );
  return new Map(lists.flat().sort(([a], [b]) => (a < b ? -1 : 1)));
}

function isOurs({ metadata }: KubernetesObject): boolean {
  return metadata.labels?.["app.kubernetes.io/part-of"] === "firebreak";
}

/** One line for each object that came, went, changed or was replaced by another of its name; sorted. */
export function changesBetween(before: Snapshot, after: Snapshot): string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const [old, now] = [before.get(name)?.metadata, after.get(name)?.metadata];
    if (old === undefined) return [`+ ${name}`];
    if (now === undefined) return [`- ${name}`];
    if (old.uid !== now.uid) return [`± ${name}`];
    return old.resourceVersion === now.resourceVersion ? [] : [`~ ${name}`];
  });
}
