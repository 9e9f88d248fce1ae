/** The world of the scenarios: a cluster, a stack in it, what is declared, and how a scenario looks at them. */
import assert from "node:assert/strict";
import { build } from "../../../src/build.ts";
import type { KubernetesDeclaration } from "../../../src/declare/declaration.ts";
import type { Manifest } from "../../../src/emit/kubernetes/manifest.ts";
import { readTemplates } from "../../../src/io/read-templates.ts";
import { SloStack, type SloStackArgs } from "../../../src/pulumi/index.ts";
import type { Cluster } from "../../support/cluster/cluster.ts";
import { changesBetween, type Snapshot, snapshot } from "../../support/cluster/snapshot.ts";
import { makeStack, type Operation, type TestStack } from "../../support/cluster/stack.ts";
import { gateway, platform, search } from "../declarations.ts";

export const NAMESPACE = "monitoring";

export interface World {
  readonly cluster: Cluster;
  readonly pulumi: TestStack;
  declared: SloStackArgs;
}

/** What a scenario shows, a line each. */
export type Report = readonly string[];

export interface Scenario {
  readonly title: string;
  readonly run: (world: World) => Promise<Report>;
}

export const operatorTarget: KubernetesDeclaration = {
  kind: "operator",
  namespace: NAMESPACE,
  selectorLabels: { release: "kps" },
};

export const secrets = { pagerduty: "s3cret-routing-key", slack: "https://hooks.example.com/s3cret" };

/** Where a stack's state is, if not with the cluster's own files, and what its engine is started with. */
interface Place {
  readonly dir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A stack that deploys to the cluster. */
export async function makeWorld(cluster: Cluster, { dir = cluster.dir, env = {} }: Place = {}): Promise<World> {
  const declared: SloStackArgs = { services: [gateway, search], platform, target: operatorTarget, secrets };
  const world: { declared: SloStackArgs } = { declared };
  const program = async () => ({ objects: new SloStack("slos", world.declared).objects });
  const pulumi = await makeStack(dir, program, { env: { KUBECONFIG: cluster.kubeconfig, ...env } });
  return Object.assign(world, { cluster, pulumi });
}

/** What firebreak made there. */
export function look({ cluster }: World): Promise<Snapshot> {
  return snapshot(cluster.client, NAMESPACE);
}

/** Deploys, and says what changed in the cluster; first a preview, which must change nothing there. */
export async function upAfterPreview(world: World): Promise<string[]> {
  const before = await look(world);
  await world.pulumi.preview();
  assert.deepEqual(changesBetween(before, await look(world)), [], "a preview writes nothing");
  await world.pulumi.up();
  return changesBetween(before, await look(world));
}

/** Deploys, and holds what changed against `expected`. */
export async function expectChanges(world: World, expected: readonly string[]): Promise<Report> {
  const changes = await upAfterPreview(world);
  assert.deepEqual(changes, expected);
  await assertDeployed(world);
  return changes.length === 0 ? ["nothing"] : changes;
}

/** The cluster holds the objects of a build, and no other: data to the byte, specs to the value. */
export async function assertDeployed(world: World): Promise<void> {
  const { services, target, platform: declared } = world.declared;
  const { artifacts } = build({
    services,
    platform: { ...declared, kubernetes: target },
    templates: readTemplates(),
    targets: ["kubernetes"],
  });
  const manifests = artifacts.map(({ value }) => value as Manifest);
  const found = await look(world);
  const names = manifests.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  assert.deepEqual([...found.keys()], [...names, "Secret firebreak-receivers"].sort());
  for (const manifest of manifests) {
    const object = found.get(`${manifest.kind} ${manifest.metadata.name}`);
    assert.deepEqual(object?.spec, manifest.spec);
    assert.deepEqual(object?.data, manifest.data);
  }
}

/** What an operation did, or would do, without what stays. */
export function happened({ changes }: Operation): string[] {
  return changes
    .filter(({ op }) => op !== "same")
    .map(({ op, what }) => `${op} ${what}`)
    .sort();
}
