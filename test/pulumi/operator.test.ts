/**
 * The main job, through a cluster: `up` makes objects, prometheus-operator turns them into rule files and an Alertmanager
 * configuration, a real Prometheus and a real Alertmanager load those, and an outage reaches somebody.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { events } from "../../src/declare/construct.ts";
import type { AlertingDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import { SloStack, type SloStackArgs } from "../../src/pulumi/index.ts";
import { type Cluster, clusterEngines, makeNamespace, startCluster } from "../support/cluster/cluster.ts";
import { pathOf } from "../support/cluster/snapshot.ts";
import { makeStack, type TestStack } from "../support/cluster/stack.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, runAmtool, runPromtool, startAlertmanager, startPrometheus } from "../support/engines.ts";
import { makeWorkspace, writeFiles } from "../support/live-build.ts";
import type { HttpServer } from "../support/live-http.ts";
import { healthyModel, inferenceMetrics, startMetrics } from "../support/live-metrics.ts";
import { loadedRules, prometheusConfig, query } from "../support/live-prometheus.ts";
import { waitFor } from "../support/live-wait.ts";
import { startWebhookSink, type WebhookSink } from "../support/live-webhook.ts";

const NAMESPACE = "monitoring";

/** The default policy's factors, over windows that a test can wait for. */
const alerting: AlertingDeclaration = {
  tiers: [
    { name: "page-fast", severity: "page", long: "60s", short: "12s", burn: 14.4 },
    { name: "ticket", severity: "ticket", long: "2m", short: "20s", burn: 1 },
  ],
};

const gateway = (objective: number): ServiceDeclaration => ({
  name: "gateway",
  owner: "ml-platform",
  runbooks: "https://runbooks.example.com/gateway",
  slos: [
    {
      name: "error-rate",
      objective,
      window: "1h",
      alerting,
      groupBy: ["model"],
      sli: events({ total: "ai_inference_requests_total", bad: "ai_inference_errors_total" }),
    },
  ],
});

const engines = [
  "pulumi",
  "pulumi-resource-kubernetes",
  ...clusterEngines,
  "prometheus",
  "alertmanager",
  "promtool",
  "amtool",
] as const;

describeWithEngine(engines, "prometheus-operator", () => {
  const workspace = makeWorkspace("operator");
  const model = healthyModel();
  const servers: { stop(): unknown }[] = [];
  let cluster: Cluster;
  let sink: WebhookSink;
  let metrics: HttpServer;
  let pulumi: TestStack;
  let declared: SloStackArgs;
  let prometheus: Server;
  let alertmanager: Server;

  beforeAll(async () => {
    cluster = await startCluster();
    servers.push(cluster);
    await makeNamespace(cluster, NAMESPACE);
    sink = await startWebhookSink();
    metrics = await startMetrics({ "/gateway": () => inferenceMetrics({ a: model }) });
    servers.push(sink, metrics);
    declared = {
      services: [gateway(99)],
      platform: {
        scrapeInterval: "1s",
        evaluationInterval: "1s",
        settle: "1s",
        retention: "1d",
        dashboards: "https://grafana.example.com",
        receivers: {
          default: { page: { webhook: { secret: "pager" } }, ticket: { webhook: { url: `${sink.url}/ticket` } } },
        },
      },
      target: { kind: "operator", namespace: NAMESPACE, selectorLabels: { release: "kps" } },
      secrets: { pager: `${sink.url}/page` },
    };
    pulumi = await makeStack(cluster.dir, async () => void new SloStack("slos", declared), {
      env: { KUBECONFIG: cluster.kubeconfig },
    });
    await makeOperated(cluster);
  });
  afterAll(async () => {
    for (const server of servers.reverse()) await server.stop();
    workspace.remove();
  });

  /** The operator's rule files, by name. */
  const ruleFiles = async (): Promise<Record<string, string>> =>
    (await cluster.client.get(pathOf("ConfigMap", NAMESPACE, "prometheus-main-rulefiles-0")))?.data ?? {};

  const routes = async (): Promise<string | undefined> => {
    const secret = await cluster.client.get(pathOf("Secret", NAMESPACE, "alertmanager-main-generated"));
    const data = secret?.data?.["alertmanager.yaml.gz"];
    return data === undefined ? undefined : gunzipSync(Buffer.from(data, "base64")).toString();
  };

  test("turns the rules into files that promtool accepts", async () => {
    await pulumi.up();
    const files = await waitFor("rule files are written", async () => {
      const found = await ruleFiles();
      return Object.keys(found).length > 0 && found;
    });
    expect(Object.keys(files)).toEqual([expect.stringMatching(/^monitoring-firebreak-gateway-.*\.yaml$/)]);
    writeFiles(workspace.dir, { "prometheus/operator.rules.yaml": Object.values(files)[0] ?? "" });
    const { status, stdout } = await runPromtool([
      "check",
      "rules",
      join(workspace.dir, "prometheus/operator.rules.yaml"),
    ]);
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("SUCCESS") });
  });

  test("turns the routes into a configuration that amtool accepts, with the secret in it", async () => {
    const config = await waitFor("routes are written", async () => {
      const text = await routes();
      return text?.includes("firebreak.alertmanager") && text;
    });
    expect(config).toContain(`${sink.url}/page`);
    writeFiles(workspace.dir, { "alertmanager/config.yaml": config });
    expect(await runAmtool(["check-config", join(workspace.dir, "alertmanager/config.yaml")])).toMatchObject({
      status: 0,
    });
  });

  test("and both run: an outage pages once, with its links", async () => {
    alertmanager = await startAlertmanager({
      config: (await routes()) ?? "",
      dir: join(workspace.dir, "alertmanager"),
    });
    servers.push(alertmanager);
    const target = { address: metrics.address, path: "/gateway" };
    const config = prometheusConfig({
      intervalSeconds: 1,
      jobs: { gateway: [target] },
      alertmanager: new URL(alertmanager.url).host,
    });
    prometheus = await startPrometheus({ config, dir: join(workspace.dir, "prometheus") });
    servers.push(prometheus);
    await waitFor(
      "the error budget is measured",
      async () => (await query(prometheus, "slo:bad:increase")).length === 1,
    );
    expect((await loadedRules(prometheus)).filter(({ health }) => health === "err")).toEqual([]);
    model.errors.fail(1);
    const page = await waitFor("somebody is paged", () => sink.notifications.find(({ path }) => path === "/page"));
    expect(page.body.alerts?.[0]).toMatchObject({
      status: "firing",
      labels: { alertname: "SloBurnPageFast", slo_service: "gateway", model: "a", namespace: NAMESPACE },
      annotations: { runbook_url: "https://runbooks.example.com/gateway/error-rate#sloburnpagefast" },
    });
    expect(sink.notifications.filter(({ path }) => path === "/page")).toHaveLength(1);
  });

  test("a changed objective reaches the running Prometheus", async () => {
    declared = { ...declared, services: [gateway(95)] };
    await pulumi.up();
    const changed = await waitFor("the rule file is written anew", async () => {
      const [text = ""] = Object.values(await ruleFiles());
      return text.includes("0.95") && text;
    });
    writeFileSync(join(workspace.dir, "prometheus/operator.rules.yaml"), changed);
    await fetch(`${prometheus.url}/-/reload`, { method: "POST" });
    await waitFor("the objective is recorded", async () => {
      const [sample] = await query(prometheus, "slo:objective_ratio");
      return sample?.value === 0.95;
    });
  });
});

/** What a cluster's owner has: a Prometheus that selects rules by label, and an Alertmanager that takes any routes. */
async function makeOperated({ client }: Cluster): Promise<void> {
  const base = "/apis/monitoring.coreos.com/v1/namespaces/monitoring";
  const metadata = { name: "main", namespace: NAMESPACE };
  await client.apply(`${base}/prometheuses/main`, {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "Prometheus",
    metadata,
    spec: { ruleSelector: { matchLabels: { release: "kps" } }, serviceMonitorSelector: {} },
  });
  await client.apply(`${base}/alertmanagers/main`, {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "Alertmanager",
    metadata,
    spec: { replicas: 1, alertmanagerConfigSelector: {} },
  });
}
