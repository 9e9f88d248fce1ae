/**
 * Objects as GitOps tools apply them, with the tools' own libraries on a real API server: Argo CD's engine, on the client's and on
 * the server's side, and Flux's resource manager. Enough teams for routes in parts.
 */
import { mkdtempSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import type { Manifest } from "../../src/emit/kubernetes/manifest.ts";
import { type Cluster, clusterEngines, makeNamespace, startCluster } from "../support/cluster/cluster.ts";
import { changesBetween, type Snapshot, snapshot } from "../support/cluster/snapshot.ts";
import { describeWithEngine, runEngine } from "../support/engines.ts";
import { writeFiles } from "../support/live-build.ts";
import { manyTeams, NAMESPACE, objectsOf } from "./teams.ts";

const objects = objectsOf(manyTeams(14));
const TOOLS = ["argo-cd", "argo-cd-server-side", "flux"] as const;

describeWithEngine([...clusterEngines, "apply-as"], "objects that GitOps tools apply", () => {
  let cluster: Cluster;
  let folder: string;

  beforeAll(async () => {
    cluster = await startCluster({ operator: false });
    await makeNamespace(cluster, NAMESPACE);
    folder = mkdtempSync(join(cluster.dir, "generated-"));
    writeFiles(folder, objects);
  });
  afterAll(() => cluster?.stop());

  const look = () => snapshot(cluster.client, NAMESPACE);

  const apply = async (tool: (typeof TOOLS)[number], from = folder): Promise<Outcome> => {
    const { status, stdout, stderr } = await runEngine("apply-as", [tool, cluster.kubeconfig, from]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    return JSON.parse(stdout);
  };

  test.each(TOOLS)("%s applies all objects as they were built, and then finds nothing to change", async (tool) => {
    const { applied } = await apply(tool);
    expect(applied.toSorted()).toEqual([...built().keys()].sort());
    const before = await look();
    expect(contentsOf(before)).toEqual(contentsOf(built()));
    expect((await apply(tool)).changed).toEqual([]);
    expect(changesBetween(before, await look())).toEqual([]);
  });

  test("argo-cd keeps a copy of each in an annotation, as kubectl does, and none is too large for that", async () => {
    await apply("argo-cd");
    for (const { metadata } of (await look()).values())
      expect(Object.keys(metadata.annotations ?? {})).toContain("kubectl.kubernetes.io/last-applied-configuration");
  });

  test.each(TOOLS)("%s changes the one object that was edited in its folder, and no other", async (tool) => {
    await apply(tool);
    const before = await look();
    const edited = mkdtempSync(join(cluster.dir, "edited-"));
    writeFiles(edited, objects);
    const name = edit(edited, tool);
    expect((await apply(tool, edited)).changed).toEqual([name]);
    expect(changesBetween(before, await look())).toEqual([`~ ${name}`]);
  });
});

interface Outcome {
  readonly changed: readonly string[];
  readonly applied: readonly string[];
}

function built(): Snapshot {
  const manifests = Object.values(objects).map((text) => parse(text) as Manifest);
  return new Map(manifests.map((manifest) => [`${manifest.kind} ${manifest.metadata.name}`, manifest as never]));
}

/** What is in them; the tools write labels and annotations of their own. */
function contentsOf(found: Snapshot): Record<string, unknown> {
  return Object.fromEntries([...found].map(([name, { spec, data }]) => [name, { spec, data }]));
}

/** Writes the tool's name into the first rule's file, and gives the name of that object. */
function edit(dir: string, tool: string): string {
  const found = Object.entries(objects).find(([, text]) => (parse(text) as Manifest).kind === "PrometheusRule");
  const [file = "", text = ""] = found ?? [];
  const manifest = parse(text) as Manifest & { spec: { groups: { name: string }[] } };
  for (const group of manifest.spec.groups.slice(0, 1)) group.name = tool;
  writeFileSync(join(dir, file), JSON.stringify(manifest));
  return `${manifest.kind} ${manifest.metadata.name}`;
}
