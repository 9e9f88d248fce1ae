/**
 * A real cluster without nodes: etcd, kube-apiserver, the controllers that delete what has to go (garbage collector,
 * namespaces), and prometheus-operator with its CRDs. Nothing is run in it; everything is stored, validated and watched.
 */

import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { cachedEnginePath, findEngine } from "../../../tools/engines/find-engine.ts";
import type { EngineName } from "../../../tools/engines/pins.ts";
import { waitFor } from "../live-wait.ts";
import { type Client, clientOf } from "./client.ts";
import { freePorts, type Running, startProcess } from "./process.ts";

export const clusterEngines = [
  "etcd",
  "kube-apiserver",
  "kube-controller-manager",
  "prometheus-operator",
] as const satisfies EngineName[];

export interface Cluster {
  readonly dir: string;
  readonly kubeconfig: string;
  readonly client: Client;
  /** Memory of each process, in MiB. */
  memory(): Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

const TOKEN = "firebreak-test";

/** Starts it with the CRDs of the operator, and the operator itself unless it is left out. */
export async function startCluster({ operator = true } = {}): Promise<Cluster> {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-cluster-"));
  const running = new Map<string, Running>();
  const stop = async () => {
    for (const process of [...running.values()].reverse()) await process.stop();
    rmSync(dir, { recursive: true, force: true });
  };
  try {
    const [etcdPort, peerPort, apiPort, managerPort, operatorPort] = (await freePorts(5)) as [
      number,
      number,
      number,
      number,
      number,
    ];
    const client = clientOf(`https://127.0.0.1:${apiPort}`, TOKEN);
    const kubeconfig = writeKubeconfig(dir, client);
    running.set("etcd", await startEtcd(dir, etcdPort, peerPort));
    running.set("kube-apiserver", await startApiServer(dir, client, apiPort, etcdPort));
    running.set("kube-controller-manager", await startControllers(dir, kubeconfig, managerPort));
    await applyCrds(client, operator ? [...DEPLOYED, ...OPERATED] : DEPLOYED);
    if (operator) running.set("prometheus-operator", await startOperator(dir, kubeconfig, operatorPort));
    const memory = () => Object.fromEntries([...running].map(([name, process]) => [name, process.memory()]));
    return { dir, kubeconfig, client, memory, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Path of an engine, which must be on this machine. */
export function programOf(name: EngineName): string {
  const path = findEngine(name)?.path;
  if (path === undefined) throw new Error(`${name} is not on this machine`);
  return path;
}

function writeKubeconfig(dir: string, { url, token }: Client): string {
  const file = join(dir, "kubeconfig");
  const config = {
    apiVersion: "v1",
    kind: "Config",
    clusters: [{ name: "test", cluster: { server: url, "insecure-skip-tls-verify": true } }],
    users: [{ name: "test", user: { token } }],
    contexts: [{ name: "test", context: { cluster: "test", user: "test" } }],
    "current-context": "test",
  };
  writeFileSync(file, JSON.stringify(config));
  return file;
}

function startEtcd(dir: string, port: number, peerPort: number): Promise<Running> {
  const [url, peer] = [`http://127.0.0.1:${port}`, `http://127.0.0.1:${peerPort}`];
  return startProcess({
    program: programOf("etcd"),
    log: join(dir, "etcd.log"),
    args: [
      `--data-dir=${join(dir, "etcd")}`,
      `--listen-client-urls=${url}`,
      `--advertise-client-urls=${url}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      "--unsafe-no-fsync",
      "--log-level=error",
    ],
    ready: async () => (await fetch(`${url}/health`)).ok,
  });
}

function startApiServer(dir: string, client: Client, port: number, etcdPort: number): Promise<Running> {
  const key = join(dir, "service-account.pem");
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  writeFileSync(key, privateKey.export({ type: "pkcs8", format: "pem" }));
  writeFileSync(join(dir, "tokens.csv"), `${TOKEN},admin,admin,"system:masters"\n`);
  return startProcess({
    program: programOf("kube-apiserver"),
    log: join(dir, "kube-apiserver.log"),
    args: [
      `--etcd-servers=http://127.0.0.1:${etcdPort}`,
      "--bind-address=127.0.0.1",
      "--advertise-address=127.0.0.1",
      `--secure-port=${port}`,
      `--cert-dir=${join(dir, "certificates")}`,
      `--token-auth-file=${join(dir, "tokens.csv")}`,
      "--authorization-mode=AlwaysAllow",
      `--service-account-key-file=${key}`,
      `--service-account-signing-key-file=${key}`,
      "--service-account-issuer=https://localhost",
      "--service-cluster-ip-range=10.0.0.0/24",
      "--disable-admission-plugins=ServiceAccount",
    ],
    ready: async () => (await client.ask("GET", "/readyz")).status === 200,
  });
}

function startControllers(dir: string, kubeconfig: string, port: number): Promise<Running> {
  const log = join(dir, "kube-controller-manager.log");
  return startProcess({
    program: programOf("kube-controller-manager"),
    log,
    args: [
      `--kubeconfig=${kubeconfig}`,
      "--controllers=garbage-collector-controller,namespace-controller",
      "--leader-elect=false",
      "--bind-address=127.0.0.1",
      `--secure-port=${port}`,
      `--cert-dir=${join(dir, "certificates")}`,
    ],
    ready: async () => /Caches are synced|caches populated/i.test(readFileSync(log, "utf8")),
  });
}

/** Kinds of the operator that firebreak deploys. */
const DEPLOYED = ["prometheusrules", "alertmanagerconfigs"];
/** What the operator works with besides. The two kinds that nobody here needs are among the largest, and clients read all. */
const OPERATED = ["prometheuses", "alertmanagers", "thanosrulers", "servicemonitors", "podmonitors", "probes"];

async function applyCrds(client: Client, kinds: readonly string[]): Promise<void> {
  const folder = join(dirname(cachedEnginePath("prometheus-operator")), "crds");
  const files = kinds.map((kind) => `monitoring.coreos.com_${kind}.yaml`);
  const crds: Crd[] = files.map((file) => parse(readFileSync(join(folder, file), "utf8")));
  for (const crd of crds)
    await client.apply(`/apis/apiextensions.k8s.io/v1/customresourcedefinitions/${crd.metadata.name}`, crd);
  await waitFor("the operator's kinds are served and in discovery", async () => {
    const ready = await Promise.all(crds.map(async (crd) => (await isServed(client, crd)) && isListed(client, crd)));
    return ready.every(Boolean);
  });
}

/** What is read here of a CustomResourceDefinition. */
interface Crd {
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly group: string;
    readonly names: { readonly plural: string };
    readonly versions: readonly { readonly name: string; readonly served: boolean }[];
  };
}

/** The server answers once its storage is there. */
async function isServed(client: Client, { spec }: Crd): Promise<boolean> {
  const paths = servedVersions(spec).map((name) => `/apis/${spec.group}/${name}/${spec.names.plural}`);
  const answers = await Promise.all(paths.map((path) => client.ask("GET", path)));
  return answers.every(({ status }) => status === 200);
}

function servedVersions({ versions }: Crd["spec"]): string[] {
  return versions.filter(({ served }) => served).map(({ name }) => name);
}

/** The operator looks once, when it starts, which of its kinds discovery lists: on a busy machine that is after they are served. */
async function isListed(client: Client, { spec }: Crd): Promise<boolean> {
  const lists = await Promise.all(servedVersions(spec).map((name) => client.ask("GET", `/apis/${spec.group}/${name}`)));
  return lists.every(({ body }) =>
    (body?.resources as { name: string }[] | undefined)?.some(({ name }) => name === spec.names.plural),
  );
}

function startOperator(dir: string, kubeconfig: string, port: number): Promise<Running> {
  return startProcess({
    program: programOf("prometheus-operator"),
    log: join(dir, "prometheus-operator.log"),
    env: { KUBECONFIG: kubeconfig },
    args: [`-web.listen-address=127.0.0.1:${port}`],
    ready: async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).ok,
  });
}

/** Makes a namespace. */
export async function makeNamespace({ client }: Cluster, name: string): Promise<void> {
  await client.apply(`/api/v1/namespaces/${name}`, { apiVersion: "v1", kind: "Namespace", metadata: { name } });
}
