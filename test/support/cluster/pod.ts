/**
 * What the kubelet does for a pod, where there is no node: ConfigMaps and Secrets become files in the folders that its
 * containers mount. Below a root of its own, so that `/etc/prometheus` is `<root>/etc/prometheus`.
 */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import type { Client, KubernetesObject } from "./client.ts";
import { pathOf } from "./snapshot.ts";

export interface Pod {
  readonly containers: readonly Container[];
  readonly volumes: readonly Volume[];
}

export interface Container {
  readonly name: string;
  readonly args: readonly string[];
  readonly volumeMounts: readonly { readonly name: string; readonly mountPath: string }[];
}

interface Volume {
  readonly name: string;
  readonly configMap?: Source;
  readonly secret?: { readonly secretName: string };
  readonly projected?: { readonly sources: readonly { readonly configMap: Source }[] };
}

interface Source {
  readonly name: string;
  readonly items?: readonly { readonly key: string; readonly path: string }[];
}

type Files = Readonly<Record<string, Buffer>>;

/** Brings every mounted folder of the pod to what the cluster holds now. */
export async function projectVolumes(client: Client, namespace: string, pod: Pod, root: string): Promise<void> {
  for (const volume of pod.volumes) {
    const files = await filesOf(client, namespace, volume);
    const mounts = pod.containers
      .flatMap(({ volumeMounts }) => volumeMounts)
      .filter(({ name }) => name === volume.name);
    for (const path of new Set(mounts.map(({ mountPath }) => mountPath))) replaceFiles(join(root, path), files);
  }
}

async function filesOf(client: Client, namespace: string, volume: Volume): Promise<Files> {
  if (volume.secret) return secretFiles(await must(client, pathOf("Secret", namespace, volume.secret.secretName)));
  const sources = volume.projected?.sources.map(({ configMap }) => configMap) ?? [volume.configMap as Source];
  const parts = sources.map(async (source) =>
    configMapFiles(await must(client, pathOf("ConfigMap", namespace, source.name)), source),
  );
  return Object.assign({}, ...(await Promise.all(parts)));
}

/** A pod with a volume that is not there does not start. */
async function must(client: Client, path: string): Promise<KubernetesObject> {
  const object = await client.get(path);
  if (object === undefined) throw new Error(`${path} is mounted, and does not exist`);
  return object;
}

function configMapFiles({ data }: KubernetesObject, { items }: Source): Files {
  const wanted = items ?? Object.keys(data).map((key) => ({ key, path: key }));
  return Object.fromEntries(wanted.map(({ key, path }) => [path, Buffer.from(data[key], "utf8")]));
}

function secretFiles({ data }: KubernetesObject): Files {
  return Object.fromEntries(
    Object.entries(data as Record<string, string>).map(([key, text]) => [key, Buffer.from(text, "base64")]),
  );
}

/** As the kubelet does it, all at once: a new folder, then the link `..data` moves, and names link through that. */
function replaceFiles(folder: string, files: Files): void {
  mkdirSync(folder, { recursive: true });
  const fresh = mkdtempSync(join(folder, "..data-"));
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(fresh, path)), { recursive: true });
    writeFileSync(join(fresh, path), bytes);
  }
  const data = join(folder, "..data");
  const stale = existsSync(data) ? readlinkSync(data) : undefined;
  symlinkSync(fresh, `${data}_tmp`);
  renameSync(`${data}_tmp`, data);
  linkNames(folder, new Set(Object.keys(files).map((path) => path.split("/")[0] as string)));
  if (stale !== undefined) rmSync(stale, { recursive: true });
}

function linkNames(folder: string, names: ReadonlySet<string>): void {
  const there = readdirSync(folder).filter((name) => lstatSync(join(folder, name)).isSymbolicLink());
  for (const name of there) if (name !== "..data" && !names.has(name)) rmSync(join(folder, name));
  for (const name of names) if (!there.includes(name)) symlinkSync(join("..data", name), join(folder, name));
}
