/** Objects of a cluster: the same bytes and values as the other targets' files, within the sizes that a cluster takes. */
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { build } from "../../src/build.ts";
import { compile } from "../../src/compile/compile.ts";
import type { KubernetesDeclaration, PlatformDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import { type Artifact, render } from "../../src/emit/artifact.ts";
import { emit } from "../../src/emit/index.ts";
import { deployed } from "../../src/emit/kubernetes/deployed.ts";
import type { Manifest } from "../../src/emit/kubernetes/manifest.ts";
import { splitBySize } from "../../src/emit/kubernetes/split-by-size.ts";
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

test("ConfigMaps hold the other files to the byte, and dashboards on one line", () => {
  const { manifest, text } = made({ kind: "configMaps", namespace: "monitoring" });
  expect(manifest("gateway.rules").data).toEqual({ "gateway.rules.yaml": text("prometheus/gateway.rules.yaml") });
  expect(manifest("slo.dashboard").data).toEqual({ "slo.json": expect.not.stringContaining("\n") });
  const { firebreak: _head, ...dashboard } = JSON.parse(text("grafana/slo.json"));
  expect(JSON.parse((manifest("slo.dashboard").data as Record<string, string>)["slo.json"] ?? "")).toEqual(dashboard);
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

  test("none of that where Alertmanager is configured by other means", () => {
    const target = { ...operator, alertmanager: { as: "config", matching: "None" } } as KubernetesDeclaration;
    expect(made(target, [grouped]).codes).toEqual([]);
  });
});

/** What client-side apply and Argo CD store a second time, in annotations of at most 262,144 bytes. */
const EVERY_TOOL_TAKES = 240 * 1024;

/** The objects of a service with so many SLOs, without what a build proves of them. */
function objectsOf(count: number, target: KubernetesDeclaration): Manifest[] {
  const slo = search.slos?.[0] as object;
  const slos = Array.from({ length: count }, (_item, index) => ({ ...slo, name: `slo-${index}` }));
  const parsed = parseDeclared({ services: [{ ...search, slos }], platform: { ...platform, kubernetes: target } });
  const { plan } = compile(parsed.services, parsed.platform);
  return emit(plan, readTemplates(), ["kubernetes"]).map((artifact) => parse(render(artifact)) as Manifest);
}

const configMaps: KubernetesDeclaration = { kind: "configMaps", namespace: "monitoring" };

describe.each([
  ["operator", operator],
  ["configMaps", configMaps],
] as const)("a service of sixty SLOs, %s", (_kind, target) => {
  const objects = objectsOf(60, target);

  test("has objects that every tool applies", () => {
    for (const { kind, metadata, ...rest } of objects)
      expect([metadata.name, Buffer.byteLength(JSON.stringify({ kind, metadata, ...rest }))]).toSatisfy(
        ([, bytes]) => bytes < EVERY_TOOL_TAKES,
      );
  });

  test("has each of its rules once, and names that differ", () => {
    const rules = objects.filter(({ metadata }) => /-search(\.rules)?(\.\d+)?$/.test(metadata.name));
    const names = rules.flatMap(groupNames);
    expect(rules.length).toBeGreaterThan(2);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name.includes("slo-59")).length).toBeGreaterThan(0);
    expect(new Set(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).size).toBe(objects.length);
  });

  test("has nothing that moves when one is added, but for a part that was full", () => {
    const place = (all: Manifest[]) =>
      all.flatMap((object) => groupNames(object).map((name) => [name, object.metadata.name]));
    const after = new Map(place(objectsOf(61, target)) as [string, string][]);
    const moved = place(objects).filter(([name, object]) => after.get(name as string) !== object);
    expect(new Set(moved.map(([, object]) => object)).size).toBeLessThanOrEqual(1);
    expect(after.size).toBeGreaterThan(place(objects).length);
  });
});

describe("routes of many teams", () => {
  const specs = (count: number) => new Map(routesOf(count).map(({ metadata, spec }) => [metadata.name, spec as Spec]));
  const before = specs(60);

  test("are in objects that every tool applies, inhibition too", () => {
    expect(before.size).toBeGreaterThan(2);
    for (const [name, spec] of before)
      expect([name, Buffer.byteLength(JSON.stringify(spec))]).toSatisfy(([, bytes]) => bytes < EVERY_TOOL_TAKES);
    expect([...before.values()].flatMap(({ inhibitRules }) => inhibitRules).length).toBeGreaterThan(60);
  });

  test("give an alert of each owner, known or not, to one object", () => {
    const routes = [...before.values()].flatMap(({ route }) => (route === undefined ? [] : [route]));
    for (const owner of ["team-0", "team-33", "team-59", "team-3", "somebody-else"])
      expect(routes.filter(({ matchers }) => matchers.every((matcher) => takes(matcher, owner)))).toHaveLength(1);
  });

  test("are whole: each team's receivers are in the object with its routes", () => {
    for (const { route, receivers } of before.values()) {
      const named = [route, ...(route?.routes ?? [])].flatMap((each) => each?.receiver ?? []);
      expect(new Set(receivers?.map(({ name }) => name))).toEqual(new Set(route === undefined ? undefined : named));
    }
  });

  test("stay where they are when a team is added, but for a part that was full", () => {
    const place = (all: ReadonlyMap<string, Spec>) =>
      [...all].flatMap(([name, { receivers = [] }]) => receivers.map((each) => [each.name, name] as const));
    const after = place(specs(61)).map((each) => each.join());
    const gone = place(before).filter((each) => each[0].startsWith("team-") && !after.includes(each.join()));
    expect(new Set(gone.map(([, object]) => object)).size).toBeLessThanOrEqual(1);
  });
});

interface Spec {
  readonly route?: RouteSpec & { readonly matchers: readonly MatcherSpec[]; readonly routes: readonly RouteSpec[] };
  readonly receivers?: readonly { readonly name: string }[];
  readonly inhibitRules: readonly object[];
}

interface RouteSpec {
  readonly receiver: string;
}

interface MatcherSpec {
  readonly name: string;
  readonly value: string;
  readonly matchType: string;
}

/** The AlertmanagerConfigs of so many teams, each of which depends on the one before it. */
function routesOf(count: number): Manifest[] {
  const slo = search.slos?.[0] as object;
  const services = Array.from({ length: count }, (_none, index) => ({
    ...search,
    name: `service-${index}`,
    owner: `team-${index}`,
    slos: [
      { ...slo, name: "availability", ...(index === 0 ? {} : { dependsOn: [`service-${index - 1}/availability`] }) },
    ],
  }));
  const own = (team: string) => ({
    page: { slack: { secret: team, channel: "#a" } },
    ticket: { pagerduty: { secret: team } },
  });
  const receivers = { ...platform.receivers, ...Object.fromEntries(services.map(({ owner }) => [owner, own(owner)])) };
  const parsed = parseDeclared({ services, platform: { ...platform, receivers, kubernetes: operator } });
  const { plan } = compile(parsed.services, parsed.platform);
  const manifests = emit(plan, readTemplates(), ["kubernetes"]).map(({ value }) => value as Manifest);
  return manifests.filter(({ kind }) => kind === "AlertmanagerConfig");
}

/** As Alertmanager does it: a regular expression takes the whole value. */
function takes({ name, value, matchType }: MatcherSpec, owner: string): boolean {
  const label = name === "owner" ? owner : "any";
  const equal = matchType.endsWith("~") ? new RegExp(`^(?:${value})$`).test(label) : value === label;
  return matchType.startsWith("!") ? !equal : equal;
}

/** Of a PrometheusRule, or of the rule files in a ConfigMap. */
function groupNames({ spec, data }: Manifest): string[] {
  const files = Object.entries((data ?? {}) as Record<string, string>).filter(([key]) => key.endsWith(".rules.yaml"));
  const lists = [spec, ...files.map(([, text]) => parse(text))] as ({ groups?: { name: string }[] } | undefined)[];
  return lists.flatMap((list) => (list?.groups ?? []).map(({ name }) => name));
}

test("what goes where is reported by kind and name, with the service that it is of", () => {
  const parsed = parseDeclared({
    services: [gateway, search],
    platform: { ...platform, kubernetes: { ...operator, createNamespace: true } },
  });
  const { plan } = compile(parsed.services, parsed.platform);
  const objects = deployed(emit(plan, readTemplates(), ["kubernetes"]));
  const of = (service?: string) =>
    objects
      .filter((object) => object.service === service)
      .map(({ kind, namespace = "-", name }) => `${kind} ${namespace}/${name}`);
  expect(of("search")).toEqual([
    "ConfigMap monitoring/firebreak-search.runbooks",
    "PrometheusRule monitoring/firebreak-search",
  ]);
  expect(of()).toEqual(
    expect.arrayContaining(["AlertmanagerConfig monitoring/firebreak.alertmanager", "Namespace -/monitoring"]),
  );
  expect(objects).toHaveLength(of().length + of("search").length + of("gateway").length);
});

test("packing splits a part in two where it is full, and leaves an item over the limit alone", () => {
  const names = Array.from({ length: 64 }, (_item, index) => `item-${index}`);
  const measure = { name: (name: string) => name, size: (name: string) => (name === "item-7" ? 100 : 1), limit: 10 };
  const parts = splitBySize(names, measure);
  expect(parts.flatMap(({ items }) => items).sort()).toEqual([...names].sort());
  expect(new Set(parts.map(({ suffix }) => suffix)).size).toBe(parts.length);
  expect(parts.find(({ items }) => items.includes("item-7"))?.items).toEqual(["item-7"]);
  for (const { items } of parts) expect(items.length).toBeLessThanOrEqual(10);
  expect(parts.length).toBeLessThan(24);
});

describe("a file knows its service", () => {
  const named = ["namespace", "overview", "routes"].map((name) => ({ ...gateway, name }));
  const target = { ...operator, createNamespace: true };
  const { artifacts } = build({
    services: named,
    platform: { ...platform, kubernetes: target },
    templates: readTemplates(),
  });

  test.each([
    ["prometheus/routes.rules.yaml", "routes"],
    ["prometheus/routes.tests.yaml", "routes"],
    ["grafana/slo.json", undefined],
    ["grafana/overview.json", undefined],
    ["runbooks/namespace/latency.md", "namespace"],
    ["kubernetes/namespace.rules.yaml", "namespace"],
    ["kubernetes/namespace.yaml", undefined],
    ["kubernetes/overview.dashboard.yaml", undefined],
    ["kubernetes/overview.rules.yaml", "overview"],
    ["kubernetes/overview.runbooks.yaml", "overview"],
    ["kubernetes/alertmanager.yaml", undefined],
    ["alertmanager/alertmanager.yaml", undefined],
    ["alertmanager/routes.tests.yaml", undefined],
    ["alertmanager/routes.routes.tests.yaml", "routes"],
    ["alertmanager/templates/firebreak.tmpl", undefined],
  ])("%s belongs to %s", (path, service) => {
    const found = artifacts.find((artifact) => artifact.path === path);
    expect(found).toBeDefined();
    expect(found?.service).toBe(service);
  });

  test("and no two of one service have the same kind and name", () => {
    const keys = artifacts.map(({ kind, service, name }) => `${kind} ${service} ${name}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
