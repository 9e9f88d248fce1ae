/** Objects of a cluster: the same bytes and values as the other targets' files, within the sizes that a cluster takes. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { build } from "../../src/build.ts";
import { compile } from "../../src/compile/compile.ts";
import type { KubernetesDeclaration, PlatformDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import { type Artifact, render } from "../../src/emit/artifact.ts";
import { emit } from "../../src/emit/index.ts";
import type { Manifest } from "../../src/emit/kubernetes/manifest.ts";
import { pack } from "../../src/emit/kubernetes/pack.ts";
import { serviceOf } from "../../src/emit/service-of.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { parse as parseDeclared } from "../../src/parse/parse.ts";
import { gateway, platform, search } from "../pulumi/declarations.ts";

const operator: KubernetesDeclaration = {
  kind: "operator",
  namespace: "monitoring",
  selectorLabels: { release: "kps" },
};

type Wanted = readonly [KubernetesDeclaration | undefined, (readonly ServiceDeclaration[])?, PlatformDeclaration?];

/** Each build once: several tests look at the same files. */
const known = new Map<string, ReturnType<typeof makeNow>>();

function made(...wanted: Wanted) {
  const key = JSON.stringify(wanted);
  const files = known.get(key) ?? makeNow(...wanted);
  known.set(key, files);
  return files;
}

function makeNow(...[kubernetes, services = [gateway, search], more = {}]: Wanted) {
  const declared = { ...platform, ...more, ...(kubernetes === undefined ? {} : { kubernetes }) };
  const { artifacts, issues } = build({ services, platform: declared, templates: readTemplates() });
  const text = (path: string) => render(artifacts.find((artifact) => artifact.path === path) as Artifact);
  const manifest = (file: string) => parse(text(`kubernetes/${file}.yaml`)) as Manifest;
  const codes = issues.filter(({ level }) => level === "error").map(({ code }) => code);
  return {
    paths: artifacts.map(({ path }) => path).filter((path) => path.startsWith("kubernetes/")),
    text,
    manifest,
    codes,
  };
}

test("without a cluster there are none", () => {
  expect(made(undefined).paths).toEqual([]);
});

test("a PrometheusRule has the groups of the rule file", () => {
  const target: KubernetesDeclaration = { ...operator, alertmanager: { as: "none" } };
  const { manifest, text } = made(target);
  const { groups } = parse(text("prometheus/gateway.rules.yaml"));
  expect(groups.length).toBeGreaterThan(2);
  expect(manifest("gateway.rules").spec).toEqual({ groups });
  expect(manifest("gateway.rules").metadata.labels).toMatchObject({ release: "kps" });
});

test("ConfigMaps hold the other files to the byte", () => {
  const { manifest, text } = made({ kind: "configMaps", namespace: "monitoring" });
  expect(manifest("gateway.rules").data).toEqual({ "gateway.rules.yaml": text("prometheus/gateway.rules.yaml") });
  expect(manifest("slo.dashboard").data).toEqual({ "slo.json": text("grafana/slo.json") });
  expect(manifest("gateway.runbooks").data).toMatchObject({ "latency.md": text("runbooks/gateway/latency.md") });
  expect(manifest("alertmanager").data).toEqual({
    "alertmanager.yaml": text("alertmanager/alertmanager.yaml"),
    "firebreak.tmpl": text("alertmanager/templates/firebreak.tmpl"),
  });
});

test("an AlertmanagerConfig names keys of the Secret, brings its templates, and takes firebreak's alerts only", () => {
  const { spec } = made(operator).manifest("alertmanager") as Manifest & { spec: Record<string, unknown> };
  expect(spec).toMatchObject({ route: { matchers: [{ name: "slo_service", value: "", matchType: "!=" }] } });
  const text = JSON.stringify(spec);
  expect(text).toContain('"routingKey":{"name":"firebreak-receivers","key":"pagerduty"}');
  expect(text).not.toContain("/etc/alertmanager");
  for (const [, name] of text.matchAll(/template \\"([^"\\]+)\\"/g)) expect(text).toContain(`define \\"${name}\\"`);
});

test("the whole configuration as a Secret finds its template and its secrets where the operator mounts them", () => {
  const target: KubernetesDeclaration = { ...operator, alertmanager: { as: "secret", name: "alertmanager-main" } };
  const secret = made(target).manifest("alertmanager") as Manifest & { stringData: Record<string, string> };
  const config = parse(secret.stringData["alertmanager.yaml"] ?? "");
  expect(config.templates).toEqual(["/etc/alertmanager/config/firebreak.tmpl"]);
  expect(secret.stringData["alertmanager.yaml"]).toContain("/etc/alertmanager/secrets/firebreak-receivers/pagerduty");
});

describe("refused", () => {
  const grouped = { ...gateway, slos: (gateway.slos ?? []).map((slo) => ({ ...slo, groupBy: ["namespace"] })) };
  test.each<[string, KubernetesDeclaration, readonly ServiceDeclaration[], PlatformDeclaration, string]>([
    ["routes to nobody", operator, [search], { receivers: {} }, "not-deployable"],
    [
      "hours of a place in an AlertmanagerConfig",
      operator,
      [search],
      { businessHours: { location: "Europe/Berlin", start: "09:00", end: "17:00" } },
      "not-deployable",
    ],
    ["groups by the label that selects alerts", operator, [grouped], {}, "not-deployable"],
    ["a service whose name Kubernetes does not take", operator, [{ ...search, name: "search-" }], {}, "bad-id"],
  ])("%s", (_title, target, services, more, code) => {
    expect(made(target, services, more).codes).toContain(code);
  });

  test("none of that where Alertmanager is told by other means", () => {
    const target = { ...operator, alertmanager: { as: "config", matching: "None" } } as KubernetesDeclaration;
    expect(made(target, [grouped]).codes).toEqual([]);
  });
});

test("a service too large for one PrometheusRule has several, each below the operator's limit", () => {
  const slos = Array.from({ length: 40 }, (_item, index) => ({
    ...(search.slos?.[0] as object),
    name: `slo-${index}`,
  }));
  const parsed = parseDeclared({ services: [{ ...search, slos }], platform: { ...platform, kubernetes: operator } });
  // Without what a build proves of so many SLOs.
  const { plan } = compile(parsed.services, parsed.platform);
  const rules = emit(plan, readTemplates(), ["kubernetes"]).filter(({ path }) => path.includes(".rules"));
  expect(rules.length).toBeGreaterThan(1);
  for (const artifact of rules) expect(Buffer.byteLength(render(artifact))).toBeLessThan(512 * 1024);
});

test("packing keeps the order, and leaves an item over the limit alone", () => {
  expect(pack([1, 2, 3, 9, 1], (item) => item, 5)).toEqual([[1, 2], [3], [9], [1]]);
});

test.each([
  ["prometheus/checkout.rules.yaml", "checkout"],
  ["grafana/overview.json", undefined],
  ["runbooks/checkout/latency.md", "checkout"],
  ["kubernetes/namespace.rules.yaml", "namespace"],
  ["kubernetes/namespace.yaml", undefined],
  ["kubernetes/overview.dashboard.yaml", undefined],
  ["kubernetes/overview.rules.yaml", "overview"],
  ["alertmanager/alertmanager.yaml", undefined],
  ["alertmanager/routes.tests.yaml", undefined],
  ["alertmanager/routes.routes.tests.yaml", "routes"],
  ["alertmanager/templates/firebreak.tmpl", undefined],
])("%s belongs to %s", (path, service) => {
  expect(serviceOf(path)).toBe(service);
});
