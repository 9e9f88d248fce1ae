/**
 * What a deployment goes through in its life, on a real API server: each scenario changes the declarations or the cluster,
 * runs the engine, and says what changed there. `npm run e2e:pulumi` prints them; `cluster.test.ts` is the same as tests.
 */
import assert from "node:assert/strict";
import { build } from "../../src/build.ts";
import type { Manifest } from "../../src/emit/kubernetes/manifest.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import type { KubernetesDeclaration, ServiceDeclaration } from "../../src/model/declaration.ts";
import { SloStack, type SloStackArgs } from "../../src/pulumi/index.ts";
import type { Cluster } from "../support/cluster/cluster.ts";
import { changesBetween, type Kind, pathOf, type Snapshot, snapshot } from "../support/cluster/snapshot.ts";
import { FailedOperation, makeStack, type Operation, readState, type TestStack } from "../support/cluster/stack.ts";
import { gateway, platform, search, withObjective } from "./declarations.ts";

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

/** A stack that deploys to the cluster. */
export async function makeWorld(cluster: Cluster): Promise<World> {
  const declared: SloStackArgs = { services: [gateway, search], platform, target: operatorTarget, secrets };
  const world: { declared: SloStackArgs } = { declared };
  const program = async () => ({ objects: new SloStack("slos", world.declared).objects });
  const pulumi = await makeStack(cluster.dir, program, { env: { KUBECONFIG: cluster.kubeconfig } });
  return Object.assign(world, { cluster, pulumi });
}

export const scenarios: readonly Scenario[] = [
  {
    title: "create: the preview writes nothing, and the cluster then holds what a build makes",
    run: async (world) => {
      const changes = await upAfterPreview(world);
      await assertDeployed(world);
      assert.equal(changes.length, 9);
      return changes;
    },
  },
  {
    title: "again: nothing changes",
    run: async (world) => expectChanges(world, []),
  },
  {
    title: "change of one objective: its service's rules, dashboard and runbooks change, and nothing else",
    run: async (world) => {
      world.declared = { ...world.declared, services: [withObjective(99.95), search] };
      const { changes } = await world.pulumi.preview();
      const values = changes.flatMap((change) => change.values);
      assert.deepEqual(values, ["slos.error-rate.objective: 99.9 => 99.95"]);
      const service = [
        "ConfigMap firebreak-gateway.dashboard",
        "ConfigMap firebreak-gateway.runbooks",
        "PrometheusRule firebreak-gateway",
      ];
      return [
        ...values,
        ...(await expectChanges(
          world,
          service.map((name) => `~ ${name}`),
        )),
      ];
    },
  },
  {
    title: "reorder: nothing changes",
    run: async (world) => {
      const reordered = withObjective(99.95);
      world.declared = {
        ...world.declared,
        services: [search, { ...reordered, slos: [...(reordered.slos ?? [])].reverse() }],
      };
      return expectChanges(world, []);
    },
  },
  {
    title: "rename of an SLO: the same objects, changed",
    run: async (world) => {
      world.declared = { ...world.declared, services: [withObjective(99.95), renamedSlo] };
      return expectChanges(world, [
        "~ ConfigMap firebreak-search.dashboard",
        "~ ConfigMap firebreak-search.runbooks",
        "~ PrometheusRule firebreak-search",
      ]);
    },
  },
  {
    title: "rename of a service: its objects under the new name, and none under the old one",
    run: async (world) => {
      world.declared = {
        ...world.declared,
        services: [withObjective(99.95), { ...renamedSlo, name: "find", formerly: ["search"] }],
      };
      const changes = await upAfterPreview(world);
      await assertDeployed(world);
      return changes;
    },
  },
  {
    title: "drift: a rule edited and a dashboard deleted by hand are shown, and repaired",
    run: async (world) => {
      await editByHand(world, "PrometheusRule", "firebreak-gateway", (rule) => rule.spec.groups.pop());
      await world.cluster.client.remove(pathOf("ConfigMap", NAMESPACE, "firebreak-gateway.dashboard"));
      const shown = happened(await world.pulumi.preview());
      assert.deepEqual(shown, [
        `create ConfigMap ${NAMESPACE}/firebreak-gateway.dashboard`,
        `update PrometheusRule ${NAMESPACE}/firebreak-gateway`,
      ]);
      const changes = await upAfterPreview(world);
      await assertDeployed(world);
      return [...shown, ...changes];
    },
  },
  {
    title: "secrets: encrypted in the state, in no preview, no log and no object but the Secret",
    run: async (world) => {
      world.declared = { ...world.declared, secrets: { ...secrets, slack: "https://hooks.example.com/n3w" } };
      const { output } = await world.pulumi.preview();
      const up = await world.pulumi.up();
      const secret = await world.cluster.client.get(pathOf("Secret", NAMESPACE, "firebreak-receivers"));
      assert.equal(decoded(secret?.data.slack), "https://hooks.example.com/n3w");
      const others = JSON.stringify([...(await look(world))].filter(([name]) => !name.startsWith("Secret ")));
      for (const text of [output, up.output, readState(world.pulumi), others])
        for (const value of ["s3cret", "n3w", base64("https://hooks.example.com/n3w"), base64(secrets.pagerduty)])
          assert.ok(!text.includes(value), `${value} is in clear`);
      return happened(up);
    },
  },
  {
    title: "a foreign object of the same name is not taken over: the up fails, and it stays as it was",
    run: async (world) => {
      const path = pathOf("PrometheusRule", NAMESPACE, "firebreak-search");
      const mine = await world.cluster.client.apply(path, foreignRule);
      world.declared = { ...world.declared, services: [...world.declared.services, search] };
      const failure = await world.pulumi.up().catch((error: unknown) => error);
      assert.ok(failure instanceof FailedOperation, "the up should fail");
      const after = await world.cluster.client.get(path);
      assert.deepEqual(after?.spec, mine.spec);
      await world.cluster.client.remove(path);
      const changes = await upAfterPreview(world);
      await assertDeployed(world);
      return [failure.message.split("\n")[0] ?? "", ...changes];
    },
  },
  {
    title: "interruption: the engine is killed in the middle of an up, and the next one finishes it",
    run: async (world) => {
      world.declared = { ...world.declared, services: many(20) };
      const before = await look(world);
      await interrupted(world, before);
      const partly = changesBetween(before, await look(world));
      await world.pulumi.stack.cancel();
      await world.pulumi.up();
      await assertDeployed(world);
      return [
        `${partly.length} objects had changed when it was killed`,
        `${(await look(world)).size} objects at the end, as declared`,
      ];
    },
  },
  {
    title: "target switch: from the operator's objects to ConfigMaps",
    run: async (world) => {
      world.declared = {
        ...world.declared,
        services: [gateway, search],
        target: { kind: "configMaps", namespace: NAMESPACE },
      };
      await world.pulumi.up();
      await assertDeployed(world);
      return [...(await look(world)).keys()];
    },
  },
  {
    title: "destroy: nothing of ours is left, and nothing foreign is touched",
    run: async (world) => {
      const path = pathOf("ConfigMap", NAMESPACE, "firebreak-notes");
      const mine = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "firebreak-notes" }, data: { a: "b" } };
      await world.cluster.client.apply(path, mine);
      const before = await look(world);
      const { seconds } = await world.pulumi.destroy();
      assert.deepEqual([...(await look(world)).keys()], []);
      assert.deepEqual((await world.cluster.client.get(path))?.data, { a: "b" });
      return [`${before.size} objects gone in ${seconds.toFixed(1)} s; firebreak-notes is still there`];
    },
  },
];

const renamedSlo: ServiceDeclaration = {
  ...search,
  slos: (search.slos ?? []).map((slo) => ({ ...slo, name: "uptime", formerly: [slo.name] })),
};

const foreignRule = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PrometheusRule",
  metadata: { name: "firebreak-search" },
  spec: { groups: [{ name: "search/availability", interval: "7m", rules: [{ record: "a:b", expr: "vector(1)" }] }] },
};

function many(count: number): ServiceDeclaration[] {
  return Array.from({ length: count }, (_item, index) => ({ ...search, name: `service-${index + 1}` }));
}

function look({ cluster }: World): Promise<Snapshot> {
  return snapshot(cluster.client, NAMESPACE);
}

/** Deploys, and says what changed in the cluster; first a preview, which must change nothing there. */
async function upAfterPreview(world: World): Promise<string[]> {
  const before = await look(world);
  await world.pulumi.preview();
  assert.deepEqual(changesBetween(before, await look(world)), [], "a preview writes nothing");
  await world.pulumi.up();
  return changesBetween(before, await look(world));
}

async function expectChanges(world: World, expected: readonly string[]): Promise<Report> {
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

async function editByHand(
  { cluster }: World,
  kind: Kind,
  name: string,
  // biome-ignore lint/suspicious/noExplicitAny: any kind of object
  edit: (object: any) => unknown,
): Promise<void> {
  const path = pathOf(kind, NAMESPACE, name);
  const object = await cluster.client.get(path);
  edit(object);
  const { status } = await cluster.client.ask("PUT", `${path}?fieldManager=a-person`, object);
  assert.equal(status, 200);
}

/** Starts an `up` and kills the engine once a few objects have changed. */
async function interrupted(world: World, before: Snapshot): Promise<void> {
  const running = world.pulumi.up().catch((error: unknown) => error);
  const deadline = Date.now() + 60_000;
  while (changesBetween(before, await look(world)).length < 5) assert.ok(Date.now() < deadline, "nothing happens");
  world.pulumi.kill();
  await running;
}

function happened({ changes }: Operation): string[] {
  return changes
    .filter(({ op }) => op !== "same")
    .map(({ op, what }) => `${op} ${what}`)
    .sort();
}

function base64(text: string): string {
  return Buffer.from(text).toString("base64");
}

function decoded(text: string | undefined): string {
  return Buffer.from(text ?? "", "base64").toString();
}
