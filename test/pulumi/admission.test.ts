/** The operator's own admission webhook accepts every object, and would not accept just anything. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { services as ownServices } from "../../slos/index.ts";
import { platform as ownPlatform } from "../../slos/platform.ts";
import { build } from "../../src/build.ts";
import type { PlatformDeclaration } from "../../src/declare/declaration.ts";
import type { Manifest } from "../../src/emit/kubernetes/manifest.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { freePorts, type Running, startProcess } from "../support/cluster/process.ts";
import { describeWithEngine, engine } from "../support/engines.ts";
import { gateway, platform, search } from "./declarations.ts";

const RESOURCES: Readonly<Record<string, string>> = {
  PrometheusRule: "prometheusrules",
  AlertmanagerConfig: "alertmanagerconfigs",
};

const EVERYTHING: PlatformDeclaration["receivers"] = {
  default: {
    page: {
      pagerduty: { secret: "pagerduty" },
      opsgenie: { secret: "opsgenie" },
      webhook: { secret: "hook" },
      msteams: { secret: "teams" },
      discord: { secret: "discord" },
    },
    ticket: {
      slack: { secret: "slack", channel: "#tickets" },
      email: { to: "a@example.com", from: "b@example.com", smarthost: "smtp.example.com:587" },
      webhook: { url: "https://hooks.example.com/tickets" },
    },
  },
};

describeWithEngine("admission-webhook", "the operator's admission webhook", () => {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-admission-"));
  let url: string;
  let webhook: Running;

  beforeAll(async () => {
    const [port = 0] = await freePorts(1);
    url = `http://127.0.0.1:${port}`;
    webhook = await startProcess({
      program: engine("admission-webhook") ?? "",
      args: ["-web.enable-tls=false", `-web.listen-address=127.0.0.1:${port}`],
      log: join(dir, "log"),
      ready: async () => (await fetch(`${url}/healthz`)).status < 500,
    });
  });
  afterAll(async () => {
    await webhook?.stop();
    rmSync(dir, { recursive: true });
  });

  const review = async (manifest: Manifest): Promise<{ readonly allowed: boolean; readonly status?: unknown }> => {
    const [group, version] = manifest.apiVersion.split("/");
    const resource = { group, version, resource: RESOURCES[manifest.kind] };
    const response = await fetch(`${url}/admission-${resource.resource}/validate`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        apiVersion: "admission.k8s.io/v1",
        kind: "AdmissionReview",
        request: { uid: "1", resource, operation: "CREATE", object: manifest },
      }),
    });
    return ((await response.json()) as { readonly response: { readonly allowed: boolean } }).response;
  };

  const { businessHours: _hours, ...anyHours } = ownPlatform;
  const kubernetes = { kind: "operator", namespace: "monitoring", selectorLabels: { release: "kps" } } as const;

  test.each([
    ["this repository's services", ownServices, { ...anyHours, kubernetes }],
    ["every integration", [gateway, search], { ...platform, receivers: EVERYTHING, kubernetes }],
    ["business hours in UTC", [gateway], { ...platform, businessHours: { start: "09:00", end: "17:00" }, kubernetes }],
    [
      "an Alertmanager that matches without the namespace",
      [gateway],
      { ...platform, kubernetes: { ...kubernetes, alertmanager: { as: "config", matching: "None" } } },
    ],
  ] as const)("accepts %s", async (_title, services, declared) => {
    const { artifacts, issues } = build({
      services,
      platform: declared,
      templates: readTemplates(),
      targets: ["kubernetes"],
    });
    const manifests = artifacts.map(({ value }) => value as Manifest).filter(({ kind }) => kind in RESOURCES);
    expect(issues.filter(({ level }) => level === "error")).toEqual([]);
    expect(manifests.map(({ kind }) => kind)).toContain("AlertmanagerConfig");
    for (const manifest of manifests)
      expect({ name: manifest.metadata.name, ...(await review(manifest)) }).toMatchObject({ allowed: true });
  });

  test("refuses an expression that does not parse, and a route to nobody", async () => {
    const metadata = { name: "bad", namespace: "monitoring" };
    const rule = { apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule", metadata };
    const routes = { apiVersion: "monitoring.coreos.com/v1alpha1", kind: "AlertmanagerConfig", metadata };
    const groups = [{ name: "g", rules: [{ record: "a:b", expr: "sum(" }] }];
    expect(await review({ ...rule, spec: { groups } })).toMatchObject({ allowed: false });
    expect(await review({ ...routes, spec: { route: { receiver: "nobody" }, receivers: [] } })).toMatchObject({
      allowed: false,
    });
  });
});
