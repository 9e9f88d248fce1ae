/**
 * Objects as other tools apply them: kubectl with the copy that it keeps in an annotation, on the server's side, and through
 * kustomize, on a real API server. Sixty teams, whose routes the operator puts together again.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { build } from "../../src/build.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { type Cluster, clusterEngines, makeNamespace, startCluster } from "../support/cluster/cluster.ts";
import { pathOf } from "../support/cluster/snapshot.ts";
import { describeWithEngine, runAmtool, runEngine } from "../support/engines.ts";
import { writeFiles } from "../support/live-build.ts";
import { waitFor } from "../support/live-wait.ts";
import { manyTeams, NAMESPACE, objectsOf } from "./teams.ts";

const sixty = manyTeams(60);
const { teams: TEAMS } = sixty;

/** What Kubernetes takes of annotations: https://github.com/kubernetes/kubernetes, apimachinery/pkg/api/validation. */
const ANNOTATIONS = 256 * 1024;

describeWithEngine([...clusterEngines, "kubectl", "amtool"], "objects that others apply", () => {
  let cluster: Cluster;
  let folder: string;

  beforeAll(async () => {
    cluster = await startCluster();
    await makeNamespace(cluster, NAMESPACE);
    folder = mkdtempSync(join(cluster.dir, "generated-"));
    writeFiles(folder, objectsOf(sixty));
  });
  afterAll(() => cluster?.stop());

  const kubectl = (...args: string[]) => runEngine("kubectl", [`--kubeconfig=${cluster.kubeconfig}`, ...args]);

  test("kubectl applies all of them, each with its copy in an annotation", async () => {
    const { status, stderr } = await kubectl("apply", "--filename", folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const found = await cluster.client.list(pathOf("AlertmanagerConfig", NAMESPACE));
    expect(found.length).toBeGreaterThan(1);
    for (const { metadata } of found)
      expect(Object.keys(metadata.annotations ?? {})).toContain("kubectl.kubernetes.io/last-applied-configuration");
  });

  test("it would not apply one that is larger, which the server's side takes", async () => {
    const large = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "large", namespace: NAMESPACE } };
    const file = join(cluster.dir, "large.json");
    writeFileSync(file, JSON.stringify({ ...large, data: { text: "x".repeat(ANNOTATIONS) } }));
    const refused = await kubectl("apply", "--filename", file);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining(`${ANNOTATIONS}`) });
    expect(await kubectl("apply", "--server-side", "--filename", file)).toMatchObject({ status: 0 });
  });

  test("another tool takes them over on the server's side, and kustomize builds them", async () => {
    const asFlux = ["--server-side", "--force-conflicts", "--field-manager=kustomize-controller"];
    writeFileSync(
      join(folder, "kustomization.yaml"),
      JSON.stringify({ resources: Object.keys(objectsOf(sixty)), apiVersion: "kustomize.config.k8s.io/v1beta1" }),
    );
    const { status, stderr } = await kubectl("apply", ...asFlux, "--kustomize", folder);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });

  test("the operator puts the routes together, and every team gets its own alerts", async () => {
    await fillSecrets(cluster);
    const config = await operated(cluster);
    const file = join(cluster.dir, "alertmanager.yaml");
    writeFileSync(file, config);
    expect(await runAmtool(["check-config", file])).toMatchObject({ status: 0 });
    const receiverOf = async (owner: string, severity: string, alertname = "Any") => {
      const about = [`owner=${owner}`, `severity=${severity}`, `alertname=${alertname}`];
      const labels = [...about, "slo_service=any", `namespace=${NAMESPACE}`];
      const { stdout } = await runAmtool(["config", "routes", "test", `--config.file=${file}`, ...labels]);
      return stdout.trim().replace(/^.*\//, "");
    };
    for (const team of [TEAMS[0], TEAMS[1], TEAMS[30], TEAMS[59]] as string[]) {
      expect(await receiverOf(team, "page")).toBe(`${team}-page`);
      expect(await receiverOf(team, "ticket")).toBe(`${team}-ticket`);
      expect(await receiverOf(team, "info", "SloBurning")).toBe("null");
    }
    expect(await receiverOf("nobody-knows", "page")).toBe("default-page");
    const inhibiting = (parse(config) as { inhibit_rules: object[] }).inhibit_rules;
    expect(inhibiting.length).toBe(declaredInhibition());
  });
});

/** How many rules the whole configuration has, as an Alertmanager without an operator reads it. */
function declaredInhibition(): number {
  const { artifacts } = build({ ...sixty, templates: readTemplates(), targets: ["alertmanager"] });
  const wholes = artifacts.filter(({ path }) => path === "alertmanager/alertmanager.yaml");
  return wholes.flatMap(({ value }) => (value as { inhibit_rules: object[] }).inhibit_rules).length;
}

/** The operator refuses routes whose secrets are not there. */
async function fillSecrets({ client }: Cluster): Promise<void> {
  const names = ["pagerduty", "slack", ...TEAMS, ...TEAMS.map((team) => `chat-${team}`)];
  await client.apply(pathOf("Secret", NAMESPACE, "firebreak-receivers"), {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name: "firebreak-receivers", namespace: NAMESPACE },
    stringData: Object.fromEntries(names.map((name) => [name, "https://hooks.example.com/one"])),
  });
}

/** The configuration that the operator writes when it has read every part. */
async function operated({ client }: Cluster): Promise<string> {
  await client.apply(`/apis/monitoring.coreos.com/v1/namespaces/${NAMESPACE}/alertmanagers/main`, {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "Alertmanager",
    metadata: { name: "main", namespace: NAMESPACE },
    spec: { replicas: 1, alertmanagerConfigSelector: {} },
  });
  const objects = await client.list(pathOf("AlertmanagerConfig", NAMESPACE));
  const parts = objects.filter(({ spec }) => spec.route !== undefined).map(({ metadata }) => metadata.name);
  return waitFor("the operator writes all parts", async () => {
    const data = (await client.get(pathOf("Secret", NAMESPACE, "alertmanager-main-generated")))?.data;
    const text = gunzipSync(Buffer.from(data?.["alertmanager.yaml.gz"] ?? "", "base64")).toString();
    return parts.every((name) => text.includes(`${NAMESPACE}/${name}/`)) && text;
  });
}
