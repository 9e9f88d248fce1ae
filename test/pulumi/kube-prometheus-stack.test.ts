/**
 * docs/kube-prometheus-stack.md, done as it is written: its values, its stacks and its commands, on the real operator, with what
 * the operator makes of them in a real Prometheus and a real Alertmanager.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { build } from "../../src/build.ts";
import type { Duration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import type { SloStackArgs } from "../../src/pulumi/index.ts";
import { type ChartValues, install, namesOf, type Release } from "../support/cluster/chart.ts";
import type { Cluster } from "../support/cluster/cluster.ts";
import {
  documentedAlert,
  documentedDirectory,
  documentedRetention,
  documentedTarget,
  documentedValues,
} from "../support/cluster/documented-chart.ts";
import { podOf, ruleFilesOf } from "../support/cluster/operated.ts";
import { type OperatedStack, operatedEngines, startOperatedStack } from "../support/cluster/operated-stack.ts";
import { pathOf } from "../support/cluster/snapshot.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, runAmtool } from "../support/engines.ts";
import { query } from "../support/live-prometheus.ts";
import { waitFor } from "../support/live-wait.ts";
import type { WebhookSink } from "../support/live-webhook.ts";
import { merged, platform, shop, theirs } from "./shop.ts";

const NAMESPACE = "monitoring";

const declare = (sink: WebhookSink): SloStackArgs => ({
  services: [shop],
  platform: platform(),
  target: documentedTarget("3. The stack"),
  secrets: { pager: `${sink.url}/page`, tickets: `${sink.url}/ticket` },
});

describeWithEngine(operatedEngines, "kube-prometheus-stack, as its page has it", () => {
  let stack: OperatedStack;
  let cluster: Cluster;

  beforeAll(async () => {
    stack = await startOperatedStack(NAMESPACE, declare);
    cluster = stack.cluster;
    await install(cluster.client, release);
    await stack.pulumi.up();
  });
  afterAll(() => stack?.stop());

  const values = (): ChartValues => ({
    ...documentedValues("1. The chart"),
    alertmanager: { config: theirs(stack.sink) },
  });
  const release: Release = {
    name: "kube-prometheus-stack",
    namespace: NAMESPACE,
    get values() {
      return values();
    },
  };
  const names = namesOf(release);

  const notified = (path: string, alertname: string) =>
    stack.sink.notifications.filter((each) => each.path === path && JSON.stringify(each.body).includes(alertname));

  test("its Prometheus loads rules that have the release's label, and no others", async () => {
    const rules = await cluster.client.get(pathOf("PrometheusRule", NAMESPACE, "firebreak-shop"));
    await cluster.client.apply(pathOf("PrometheusRule", NAMESPACE, "unlabelled"), {
      apiVersion: rules?.apiVersion,
      kind: "PrometheusRule",
      metadata: { name: "unlabelled", namespace: NAMESPACE },
      spec: rules?.spec,
    });
    const open = { prometheus: { prometheusSpec: { ruleSelectorNilUsesHelmValues: false } } };
    const other: Release = { name: "open", namespace: NAMESPACE, values: open };
    await install(cluster.client, other);
    const selectedBy = async (prometheus: string) =>
      Object.keys(await ruleFilesOf(cluster.client, NAMESPACE, prometheus))
        .map((file) => file.replace(/^monitoring-(.*)-[0-9a-f]{8}-.*$/, "$1"))
        .sort();
    const all = await waitFor("one that selects every rule has both", async () => {
      const found = await selectedBy(namesOf(other).prometheus);
      return found.length === 2 && found;
    });
    expect(all).toEqual(["firebreak-shop", "unlabelled"]);
    expect(await selectedBy(names.prometheus)).toEqual(["firebreak-shop"]);
    await cluster.client.remove(pathOf("PrometheusRule", NAMESPACE, "unlabelled"));
  });

  test("it keeps samples for as long as the platform says, which the chart's default would not", async () => {
    const argsOf = async (name: string) =>
      (await podOf(cluster.client, NAMESPACE, `prometheus-${name}`)).containers.flatMap(({ args }) => args);
    const retention = documentedRetention();
    expect(await argsOf(names.prometheus)).toContain(`--storage.tsdb.retention.time=${retention}`);
    const monthly = { ...shop, slos: shop.slos?.map((slo) => ({ ...slo, window: "30d" })) } as ServiceDeclaration;
    const codesFor = (kept: Duration) =>
      buildIssues({ services: [monthly], platform: { ...platform(), retention: kept } }).map(({ code }) => code);
    expect(codesFor(retention)).not.toContain("window-beyond-retention");
    expect(codesFor("10d")).toContain("window-beyond-retention");
  });

  test("the dashboards' sidecar finds them by the label that it asks for", async () => {
    const found = await cluster.client.list("/api/v1/configmaps?labelSelector=grafana_dashboard%3D1");
    expect(found.length).toBeGreaterThan(0);
    for (const { metadata, data } of found)
      for (const text of Object.values(data as Record<string, string>))
        expect({ of: metadata.name, uid: JSON.parse(text).uid }).toMatchObject({ uid: expect.stringMatching(/./) });
  });

  test("an outage pages, the routes that were there keep their alerts, and the page's own alert rings", async () => {
    const alertmanager = await stack.startAlertmanager(names.alertmanager, "firebreak.alertmanager");
    const prometheus = await stack.startPrometheus(names.prometheus, alertmanager);
    await waitFor("it is measured", async () => (await query(prometheus, "slo:bad:increase")).length > 0);
    stack.model.errors.fail(1);
    await waitFor("somebody is paged", () => notified("/page", "shop/availability").length > 0);
    stack.model.errors.fail(0);
    expect(await addAlert(alertmanager, ["alertname=Deadlock", "team=database"])).toMatchObject({ status: 0 });
    await waitFor("the database's team is notified", () => notified("/database", "Deadlock").length > 0);
    expect(await addAlert(alertmanager, documentedAlert())).toMatchObject({ status: 0 });
    await waitFor("the alert by hand rings", () => notified("/page", "by-hand").length > 0);
    expect(notified("/everyone", "shop")).toEqual([]);
  });

  test("business hours in local time: the whole configuration, which the chart is made to read", async () => {
    const chapter = "Business hours in local time";
    stack.declared = {
      ...stack.declared,
      platform: { ...platform(), businessHours: { location: "Europe/Berlin", start: "09:00", end: "17:00" } },
      target: documentedTarget(chapter),
    };
    await stack.pulumi.up();
    await install(cluster.client, { ...release, values: documentedValues(chapter) });
    const alertmanager = await stack.startAlertmanager(names.alertmanager, "Europe/Berlin");
    const before = notified("/page", "by-hand").length;
    expect(await addAlert(alertmanager, documentedAlert())).toMatchObject({ status: 0 });
    await waitFor("the alert by hand rings", () => notified("/page", "by-hand").length > before);
    const { config } = (await (await fetch(`${alertmanager.url}/api/v2/status`)).json()) as Status;
    expect(config.original).toContain("location: Europe/Berlin");
  });

  test("the same with the routes that were there: merged, they serve both", async () => {
    stack.declared = {
      ...stack.declared,
      platform: { ...stack.declared.platform, ...documentedDirectory() },
      target: documentedTarget("With your own routes"),
    };
    await stack.pulumi.up();
    const made = await cluster.client.get(pathOf("Secret", NAMESPACE, `alertmanager-${names.alertmanager}`));
    const theirOwn = Buffer.from(made?.data["alertmanager.yaml"], "base64").toString();
    await cluster.client.apply(pathOf("Secret", NAMESPACE, "firebreak-alertmanager"), {
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name: "firebreak-alertmanager", namespace: NAMESPACE },
      stringData: merged(theirOwn, stack.declared),
    });
    const alertmanager = await stack.startAlertmanager(names.alertmanager, "firebreak-default-page");
    const before = notified("/page", "by-hand").length;
    expect(await addAlert(alertmanager, documentedAlert())).toMatchObject({ status: 0 });
    await waitFor("the alert by hand rings", () => notified("/page", "by-hand").length > before);
    expect(await addAlert(alertmanager, ["alertname=Replication", "team=database"])).toMatchObject({ status: 0 });
    await waitFor("the database's team is notified", () => notified("/database", "Replication").length > 0);
  });
});

interface Status {
  readonly config: { readonly original: string };
}

function addAlert({ url }: Server, words: readonly string[]) {
  return runAmtool([`--alertmanager.url=${url}`, "alert", "add", ...words]);
}

function buildIssues(declared: Pick<SloStackArgs, "services" | "platform">) {
  return build({ ...declared, templates: {}, targets: ["prometheus"] }).issues;
}
