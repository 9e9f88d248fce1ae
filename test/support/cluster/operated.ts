/**
 * What the operator made of a Prometheus and an Alertmanager, as their pods would have it: there is no node, so volumes are
 * brought below a root by hand, and the part of the config-reloader, which unpacks the configuration, is played.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { waitFor } from "../live-wait.ts";
import type { Client, KubernetesObject } from "./client.ts";
import { placed } from "./documented-pods.ts";
import { type Pod, projectVolumes } from "./pod.ts";
import { pathOf } from "./snapshot.ts";

/** The operator's rule files for a Prometheus, by name. */
export async function ruleFilesOf(client: Client, namespace: string, prometheus: string): Promise<Files> {
  const name = `prometheus-${prometheus}-rulefiles-0`;
  return (await client.get(pathOf("ConfigMap", namespace, name)))?.data ?? {};
}

type Files = Readonly<Record<string, string>>;

/** The pod that the operator made for a Prometheus (`prometheus-<name>`) or an Alertmanager (`alertmanager-<name>`). */
export async function podOf(client: Client, namespace: string, name: string): Promise<Pod> {
  const path = `/apis/apps/v1/namespaces/${namespace}/statefulsets/${name}`;
  const found = await waitFor(`the operator makes ${name}`, () => client.get(path));
  return (found as KubernetesObject).spec.template.spec as Pod;
}

/** Configuration of an Alertmanager as its pod reads it, with all that it mounts below `root`. */
export async function alertmanagerConfig(client: Client, namespace: string, name: string, root: string) {
  const pod = await podOf(client, namespace, `alertmanager-${name}`);
  await projectVolumes(client, namespace, { ...pod, volumes: pod.volumes.filter(isRead) }, root);
  const packed = readFileSync(join(root, "etc/alertmanager/config/alertmanager.yaml.gz"));
  return placed(gunzipSync(packed).toString(), root);
}

/** Its configuration, and the Secrets that it is reported to mount; not the certificates, of which there are none. */
function isRead({ name }: Pod["volumes"][number]): boolean {
  return name === "config-volume" || name.startsWith("secret-");
}
