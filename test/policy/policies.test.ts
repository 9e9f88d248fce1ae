/** The policy pack: what firebreak deploys passes it, and each policy refuses what it is there to refuse. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { build } from "../../src/build.ts";
import type { KubernetesDeclaration } from "../../src/declare/declaration.ts";
import { render } from "../../src/emit/artifact.ts";
import type { Manifest } from "../../src/emit/kubernetes/manifest.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { gateway, platform, search } from "../pulumi/declarations.ts";
import { type Policies, startPolicies } from "../support/policy-pack.ts";

const RULE = "kubernetes:monitoring.coreos.com/v1:PrometheusRule";
const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
const FILE = "pulumi-nodejs:dynamic/firebreak:File";
const SERVICE = "firebreak:index:Service";

const sound = {
  alert: "SloBurnPageFast",
  expr: "vector(1) > 0",
  labels: {
    severity: "page",
    tier: "page-fast",
    long: "1h",
    short: "5m",
    owner: "search",
    slo_service: "search",
    slo: "x",
  },
  annotations: { runbook_url: "https://runbooks.example.com/search/x" },
};

const metadata = { name: "rules", labels: { "app.kubernetes.io/part-of": "firebreak" } };

function rule(change: object): object {
  return { metadata, spec: { groups: [{ name: "g", rules: [{ ...sound, ...change }] }] } };
}

describe("the policy pack", () => {
  let policies: Policies;
  beforeAll(async () => {
    policies = await startPolicies();
  });
  afterAll(() => policies.stop());

  test.each<KubernetesDeclaration>([
    { kind: "operator", namespace: "monitoring", selectorLabels: { release: "kps" } },
    { kind: "operator", namespace: "monitoring", selectorLabels: {}, alertmanager: { as: "secret", name: "am" } },
    { kind: "configMaps", namespace: "monitoring" },
  ])("finds nothing in what %j makes", async (kubernetes) => {
    const input = { services: [gateway, search], platform: { ...platform, kubernetes }, templates: readTemplates() };
    for (const { value } of build({ ...input, targets: ["kubernetes"] }).artifacts) {
      const { apiVersion, kind, ...properties } = value as Manifest;
      const type = `kubernetes:${apiVersion === "v1" ? "core/v1" : apiVersion}:${kind}`;
      expect(await policies.analyze(type, properties)).toEqual([]);
    }
  });

  test("finds nothing in the files of a build", async () => {
    const { artifacts } = build({ services: [gateway, search], platform, templates: readTemplates() });
    for (const artifact of artifacts)
      expect(await policies.analyze(FILE, { path: artifact.path, content: render(artifact) })).toEqual([]);
  });

  test.each([
    ["alert-has-runbook-and-owner: SloBurnPageFast of search/x has no runbook_url.", RULE, rule({ annotations: {} })],
    [
      "alert-has-runbook-and-owner: SloBurnPageFast of search/x has no owner.",
      RULE,
      rule({ labels: { ...sound.labels, owner: "" } }),
    ],
    [
      "page-is-multi-window: SloBurnPageFast of search/x pages, and has no long and short window.",
      FILE,
      {
        path: "prometheus/search.rules.yaml",
        content: JSON.stringify({ groups: [{ rules: [{ ...sound, labels: { ...sound.labels, short: "" } }] }] }),
      },
    ],
    [
      "objective-bounds: x has the objective 99.999, which is not between 50 and 99.99.",
      SERVICE,
      { slos: { x: { objective: 99.999 } } },
    ],
    [
      `object-size: It has ${600 * 1024 + 8} bytes, and ${512 * 1024} is the most.`,
      RULE,
      { metadata, spec: { x: "y".repeat(600 * 1024) } },
    ],
    ["required-labels: It has no label app.kubernetes.io/part-of.", RULE, { metadata: { name: "x" }, spec: {} }],
    [
      "no-secret-in-clear: alertmanager.yaml holds a value for routing_key: name a file with routing_key_file.",
      CONFIG_MAP,
      { data: { "alertmanager.yaml": "receivers:\n  - pagerduty_configs:\n      - routing_key: abc\n" } },
    ],
    [
      "no-secret-in-clear: notes.md holds an address that is a secret.",
      CONFIG_MAP,
      { data: { "notes.md": "see https://hooks.slack.com/services/T0/B0/abc" } },
    ],
  ])("says %s", async (message, type, properties) => {
    expect((await policies.analyze(type, properties)).map((line) => line.split("\n").at(-1))).toEqual(
      expect.arrayContaining([expect.stringContaining(message.split(": ").slice(1).join(": "))]),
    );
    expect((await policies.analyze(type, properties))[0]).toContain(message.split(": ")[0]);
  });
});

test("bounds, words and labels are an organisation's own", async () => {
  const policies = await startPolicies({
    "objective-bounds": { lowest: 99, highest: 99.9 },
    "required-labels": { labels: ["release"] },
    "page-is-multi-window": { severities: ["critical"] },
  });
  try {
    expect(await policies.analyze(SERVICE, { slos: { x: { objective: 95 } } })).toHaveLength(1);
    expect(await policies.analyze(RULE, { metadata, spec: {} })).toHaveLength(1);
    const page = { ...sound.labels, severity: "critical", long: "" };
    const labels = { metadata: { ...metadata, labels: { release: "kps" } } };
    expect(await policies.analyze(RULE, { ...rule({ labels: page }), ...labels })).toHaveLength(1);
  } finally {
    policies.stop();
  }
});
