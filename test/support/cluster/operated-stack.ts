/**
 * A stack on a cluster with the operator, and around it what an outage needs: a service that is scraped, a Prometheus and an
 * Alertmanager that run what the operator made, and somebody who is notified.
 */
import { existsSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { SloStack, type SloStackArgs } from "../../../src/pulumi/index.ts";
import type { Server } from "../engine-server.ts";
import { startAlertmanager, startPrometheus } from "../engines.ts";
import { makeWorkspace, writeFiles } from "../live-build.ts";
import { healthyModel, inferenceMetrics, type Model, startMetrics } from "../live-metrics.ts";
import { prometheusConfig } from "../live-prometheus.ts";
import { waitFor } from "../live-wait.ts";
import { startWebhookSink, type WebhookSink } from "../live-webhook.ts";
import { type Cluster, clusterEngines, makeNamespace, startCluster } from "./cluster.ts";
import { alertmanagerConfig, ruleFilesOf } from "./operated.ts";
import { makeStack, type TestStack } from "./stack.ts";

export const operatedEngines = [
  "pulumi",
  "pulumi-resource-kubernetes",
  ...clusterEngines,
  "prometheus",
  "alertmanager",
  "amtool",
] as const;

export interface OperatedStack {
  readonly cluster: Cluster;
  readonly pulumi: TestStack;
  /** What the next operation deploys. */
  declared: SloStackArgs;
  /** The service that is scraped. */
  readonly model: Model;
  readonly sink: WebhookSink;
  /** A folder for what tests write; gone at the end. */
  readonly dir: string;
  /** The operator's rule files for the Prometheus of this name, once there are any. */
  rules(prometheus: string): Promise<Readonly<Record<string, string>>>;
  /** The Alertmanager of this name as it is now: `holds` says by what its configuration is known. */
  startAlertmanager(name: string, holds: string): Promise<Server>;
  /** The Prometheus of this name, with its rules as they are now in `*.rules.yaml` of its folder. */
  startPrometheus(name: string, alertmanager: Server): Promise<Server>;
  stop(): Promise<void>;
}

/** Starts all but Prometheus and Alertmanager; nothing is deployed yet. */
export async function startOperatedStack(
  namespace: string,
  declare: (sink: WebhookSink) => SloStackArgs,
): Promise<OperatedStack> {
  const workspace = makeWorkspace("operated");
  const started: { stop(): unknown }[] = [{ stop: workspace.remove }];
  const keep = async <Kept extends { stop(): unknown }>(starting: Promise<Kept>): Promise<Kept> => {
    const server = await starting;
    started.push(server);
    return server;
  };
  const stop = async () => {
    for (const server of started.reverse()) await server.stop();
  };
  try {
    const cluster = await keep(startCluster());
    await makeNamespace(cluster, namespace);
    const model = healthyModel();
    const sink = await keep(startWebhookSink());
    const metrics = await keep(startMetrics({ "/metrics": () => inferenceMetrics({ a: model }) }));
    const stacked = await stackOn(cluster, declare(sink));
    const servers = serversOf({ cluster, namespace, target: metrics.address, dir: workspace.dir, keep });
    return Object.assign(stacked, servers, { cluster, model, sink, dir: workspace.dir, stop });
  } catch (error) {
    await stop();
    throw error;
  }
}

async function stackOn(cluster: Cluster, declared: SloStackArgs): Promise<Pick<OperatedStack, "declared" | "pulumi">> {
  const stacked = { declared };
  const env = { KUBECONFIG: cluster.kubeconfig };
  const pulumi = await makeStack(cluster.dir, async () => void new SloStack("slos", stacked.declared), { env });
  return Object.assign(stacked, { pulumi });
}

interface Surroundings {
  readonly cluster: Cluster;
  readonly namespace: string;
  /** Address of what is scraped. */
  readonly target: string;
  readonly dir: string;
  readonly keep: (starting: Promise<Server>) => Promise<Server>;
}

function serversOf({ cluster: { client }, namespace, target, dir, keep }: Surroundings) {
  const rules: OperatedStack["rules"] = (prometheus) =>
    waitFor("the operator writes rules", async () => {
      const found = await ruleFilesOf(client, namespace, prometheus);
      return Object.keys(found).length > 0 && found;
    });
  const pods = new Map<string, Server>();
  return {
    rules,
    startAlertmanager: async (name: string, holds: string) => {
      // As a pod is replaced: the one before would still say that its alerts are over.
      await pods.get(name)?.stop();
      const home = mkdtempSync(join(dir, "alertmanager-"));
      const config = await waitFor(`the operator writes ${holds}`, async () => {
        const text = await alertmanagerConfig(client, namespace, name, home);
        return text.includes(holds) && isMounted(text, home) && text;
      });
      const server = await keep(startAlertmanager({ config, dir: home }));
      pods.set(name, server);
      return server;
    },
    startPrometheus: async (name: string, alertmanager: Server) => {
      const home = mkdtempSync(join(dir, "prometheus-"));
      const files = Object.values(await rules(name));
      writeFiles(home, Object.fromEntries(files.map((text, index) => [`${index}.rules.yaml`, text])));
      const jobs = { service: [{ address: target, path: "/metrics" }] };
      const config = prometheusConfig({ intervalSeconds: 1, jobs, alertmanager: new URL(alertmanager.url).host });
      return keep(startPrometheus({ config, dir: home }));
    },
  };
}

/** The operator writes a configuration before it changes the pod: until then what the configuration names is not there. */
function isMounted(config: string, root: string): boolean {
  return config
    .split(/[\s'",]+/)
    .filter((word) => word.startsWith(`${root}/`) && !word.includes("*"))
    .every((path) => existsSync(path));
}
