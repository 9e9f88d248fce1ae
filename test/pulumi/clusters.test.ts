/**
 * docs/clusters.md, done as it is written: its files, deployed by hand to three clusters, each with an operator of its own. What
 * is there then is what its table says, and what `explain --json` says.
 */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Pulumi, pulumiByHand } from "../support/by-hand.ts";
import { type Cluster, clusterEngines, makeNamespace, startCluster } from "../support/cluster/cluster.ts";
import { pathOf, snapshot } from "../support/cluster/snapshot.ts";
import { describeWithEngine } from "../support/engines.ts";
import { writeFiles } from "../support/live-build.ts";
import { waitFor } from "../support/live-wait.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const page = readFileSync(join(ROOT, "docs/clusters.md"), "utf8");
const STACKS = ["eu", "us", "central"] as const;
type StackName = (typeof STACKS)[number];
const NAMESPACES: Readonly<Record<StackName, string>> = { eu: "monitoring", us: "monitoring", central: "thanos" };
const SECRETS: Readonly<Record<StackName, string>> = { eu: "pagerduty-eu", us: "pagerduty-us", central: "pagerduty" };

describeWithEngine(["pulumi", "pulumi-resource-kubernetes", ...clusterEngines], "several clusters", () => {
  const dir = mkdtempSync(join(tmpdir(), "firebreak-clusters-"));
  const project = join(dir, "project");
  const clusters = new Map<StackName, Cluster>();
  let pulumi: Pulumi;

  beforeAll(async () => {
    // Each of a cluster's four programs is ended with this process.
    process.setMaxListeners(4 * STACKS.length + 10);
    for (const stack of STACKS) clusters.set(stack, await startCluster());
    for (const stack of STACKS) await makeNamespace(clusterOf(stack), NAMESPACES[stack]);
    for (const name of ["package.json", "src", "templates"])
      cpSync(join(ROOT, name), join(project, name), { recursive: true });
    symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));
    writeFiles(project, documentedFiles());
    writeFileSync(join(dir, "kubeconfig"), JSON.stringify(kubeconfig(clusters)));
    pulumi = pulumiByHand(dir, { KUBECONFIG: join(dir, "kubeconfig") });
    for (const stack of STACKS) deploy(stack);
  });
  afterAll(async () => {
    for (const cluster of clusters.values()) await cluster.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  function clusterOf(stack: StackName): Cluster {
    return clusters.get(stack) as Cluster;
  }

  function deploy(stack: StackName): void {
    const must = (...args: string[]) => {
      const { status, text } = pulumi(project, ...args);
      expect({ status, text: status === 0 ? "" : text }).toEqual({ status: 0, text: "" });
    };
    must("stack", "init", stack);
    must("config", "set", "kubernetes:context", stack, "--stack", stack);
    for (const name of [SECRETS[stack], "slack"])
      must("config", "set", "--secret", name, "https://hooks.example.com/s3cret", "--stack", stack);
    must("up", "--yes", "--skip-preview", "--stack", stack);
  }

  test.each(STACKS)("%s holds what the table says, in its namespace, and no other objects", async (stack) => {
    const there = await snapshot(clusterOf(stack).client, NAMESPACES[stack]);
    expect([...there.keys()]).toEqual(documentedObjects(stack, NAMESPACES[stack]));
  });

  test.each(STACKS)("explain --json says the same of %s, but for the stack's own Secret", (stack) => {
    const { status, stdout } = spawnSync(
      process.execPath,
      ["src/cli/main.ts", "explain", "--slos", `slos/${stack}.ts`, "--json"],
      { cwd: project, encoding: "utf8" },
    );
    const { deployed } = JSON.parse(stdout) as { deployed: { kind: string; name: string }[] };
    const said = deployed.map(({ kind, name }) => `${kind} ${name}`);
    expect({ status, said }).toEqual({
      status: 0,
      said: documentedObjects(stack, NAMESPACES[stack]).filter((object) => !object.startsWith("Secret ")),
    });
  });

  test("each environment has its own objective, and its own pager", async () => {
    const rules = async (stack: StackName) =>
      JSON.stringify(await clusterOf(stack).client.get(pathOf("PrometheusRule", "monitoring", "firebreak-checkout")));
    expect(await rules("eu")).toContain("> 14.4 * 0.001\\n");
    expect(await rules("us")).toContain("> 14.4 * 0.005\\n");
    for (const stack of ["eu", "us"] as const) {
      const routes = await clusterOf(stack).client.get(
        pathOf("AlertmanagerConfig", "monitoring", "firebreak.alertmanager"),
      );
      expect(JSON.stringify(routes?.spec.receivers)).toContain(`"key":"${SECRETS[stack]}"`);
    }
  });

  test("the central ThanosRuler takes its rules, which keep clusters apart", async () => {
    const { client } = clusterOf("central");
    await client.apply("/apis/monitoring.coreos.com/v1/namespaces/thanos/thanosrulers/central", {
      apiVersion: "monitoring.coreos.com/v1",
      kind: "ThanosRuler",
      metadata: { name: "central", namespace: "thanos" },
      spec: {
        image: "thanos",
        queryEndpoints: ["http://query.example.com"],
        ruleSelector: { matchLabels: { ruler: "central" } },
      },
    });
    const files = await waitFor("the operator writes the ruler's files", async () => {
      const found = (await client.get(pathOf("ConfigMap", "thanos", "thanos-ruler-central-rulefiles-0")))?.data;
      return found !== undefined && Object.keys(found).length > 0 && (found as Record<string, string>);
    });
    expect(Object.keys(files)).toEqual([expect.stringMatching(/^thanos-firebreak-login-.*\.yaml$/)]);
    expect(Object.values(files)[0]).toContain("sum by (cluster)");
  });
});

/** Every file of the page, by the name in its first line. */
function documentedFiles(): Record<string, string> {
  const blocks = [...page.matchAll(/```\w+\n(?:\/\/|#) (\S+)\n([\s\S]*?)```/g)];
  return Object.fromEntries(blocks.map(([, file = "", code = ""]) => [file, code]));
}

/** The rows of the table that have something in the stack's column. */
function documentedObjects(stack: StackName, namespace: string): string[] {
  const column = STACKS.indexOf(stack) + 1;
  const rows = [...page.matchAll(/^\| `(\w+ firebreak\S*)` \|(.*)\|$/gm)];
  return rows
    .map(([, object = "", cells = ""]) => ({ object, cell: cells.split("|")[column - 1] ?? "" }))
    .filter(({ cell }) => cell.includes(`\`${namespace}\``))
    .map(({ object }) => object)
    .sort();
}

/** One with a context for each cluster, as a person has it. */
function kubeconfig(clusters: ReadonlyMap<StackName, Cluster>): object {
  const all = [...clusters].map(([name, { client }]) => ({ name, client }));
  return {
    apiVersion: "v1",
    kind: "Config",
    clusters: all.map(({ name, client: { url } }) => ({
      name,
      cluster: { server: url, "insecure-skip-tls-verify": true },
    })),
    users: all.map(({ name, client: { token } }) => ({ name, user: { token } })),
    contexts: all.map(({ name }) => ({ name, context: { cluster: name, user: name } })),
    "current-context": "",
  };
}
