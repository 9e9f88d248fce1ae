/**
 * The main job, through a cluster: `up` makes objects, prometheus-operator turns them into rule files and an Alertmanager
 * configuration, a real Prometheus and a real Alertmanager load those, and an outage reaches somebody.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { events } from "../../src/declare/construct.ts";
import type { AlertingDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import type { SloStackArgs } from "../../src/pulumi/index.ts";
import type { Cluster } from "../support/cluster/cluster.ts";
import { ruleFilesOf } from "../support/cluster/operated.ts";
import { type OperatedStack, operatedEngines, startOperatedStack } from "../support/cluster/operated-stack.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, runAmtool, runPromtool } from "../support/engines.ts";
import { loadedRules, query } from "../support/live-prometheus.ts";
import { waitFor } from "../support/live-wait.ts";
import type { WebhookSink } from "../support/live-webhook.ts";

const NAMESPACE = "monitoring";
const NAME = "main";

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

const declare = (sink: WebhookSink): SloStackArgs => ({
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
});

describeWithEngine([...operatedEngines, "promtool"], "prometheus-operator", () => {
  let stack: OperatedStack;
  let alertmanager: Server;
  let prometheus: Server;

  beforeAll(async () => {
    stack = await startOperatedStack(NAMESPACE, declare);
    await makeOperated(stack.cluster);
  });
  afterAll(() => stack?.stop());

  const pages = () => stack.sink.notifications.filter(({ path }) => path === "/page");

  test("turns the rules into files that promtool accepts", async () => {
    await stack.pulumi.up();
    const files = await stack.rules(NAME);
    expect(Object.keys(files)).toEqual([expect.stringMatching(/^monitoring-firebreak-gateway-.*\.yaml$/)]);
    const file = join(stack.dir, "operator.rules.yaml");
    writeFileSync(file, Object.values(files)[0] ?? "");
    const { status, stdout } = await runPromtool(["check", "rules", file]);
    expect({ status, stdout }).toMatchObject({ status: 0, stdout: expect.stringContaining("SUCCESS") });
  });

  test("turns the routes into a configuration that amtool accepts, with the secret in it", async () => {
    alertmanager = await stack.startAlertmanager(NAME, "firebreak.alertmanager");
    const config = join(alertmanager.dir, "alertmanager.yaml");
    expect(readFileSync(config, "utf8")).toContain(`${stack.sink.url}/page`);
    expect(await runAmtool(["check-config", config])).toMatchObject({ status: 0 });
  });

  test("and both run: an outage pages once, with its links", async () => {
    prometheus = await stack.startPrometheus(NAME, alertmanager);
    await waitFor(
      "the error budget is measured",
      async () => (await query(prometheus, "slo:bad:increase")).length === 1,
    );
    expect((await loadedRules(prometheus)).filter(({ health }) => health === "err")).toEqual([]);
    stack.model.errors.fail(1);
    const page = await waitFor("somebody is paged", () => pages()[0]);
    expect(page.body.alerts?.[0]).toMatchObject({
      status: "firing",
      labels: { alertname: "SloBurnPageFast", slo_service: "gateway", model: "a", namespace: NAMESPACE },
      annotations: { runbook_url: "https://runbooks.example.com/gateway/error-rate#sloburnpagefast" },
    });
    expect(pages()).toHaveLength(1);
  });

  test("a changed objective reaches the running Prometheus", async () => {
    stack.declared = { ...stack.declared, services: [gateway(95)] };
    await stack.pulumi.up();
    const changed = await waitFor("the rule file is written anew", async () => {
      const [text = ""] = Object.values(await ruleFilesOf(stack.cluster.client, NAMESPACE, NAME));
      return text.includes("0.95") && text;
    });
    writeFileSync(join(prometheus.dir, "0.rules.yaml"), changed);
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
  const metadata = { name: NAME, namespace: NAMESPACE };
  await client.apply(`${base}/prometheuses/${NAME}`, {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "Prometheus",
    metadata,
    spec: { ruleSelector: { matchLabels: { release: "kps" } }, serviceMonitorSelector: {} },
  });
  await client.apply(`${base}/alertmanagers/${NAME}`, {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "Alertmanager",
    metadata,
    spec: { replicas: 1, alertmanagerConfigSelector: {} },
  });
}
