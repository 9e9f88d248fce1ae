/** Objects of the same name that somebody else made. */
import assert from "node:assert/strict";
import type { KubernetesObject } from "../../support/cluster/client.ts";
import { type Kind, pathOf } from "../../support/cluster/snapshot.ts";
import { FailedOperation } from "../../support/cluster/stack.ts";
import { search } from "../declarations.ts";
import { assertDeployed, NAMESPACE, type Report, type Scenario, upAfterPreview, type World } from "./world.ts";

/** None of them has a field in common with ours: a merge would meet no conflict. */
const rule = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PrometheusRule",
  metadata: { name: "firebreak-billing" },
  spec: { groups: [{ name: "mine", rules: [{ record: "a:b", expr: "vector(1)" }] }] },
} as const;

const configMap = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: "firebreak-billing.runbooks" },
  data: { "mine.md": "mine" },
} as const;

const secret = {
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "firebreak-receivers" },
  data: { mine: "bWluZQ==" },
} as const;

export const foreign: readonly Scenario[] = [
  {
    title:
      "foreign objects: a PrometheusRule and a ConfigMap of our names are not taken over; the up fails and names what is in its way",
    run: (world) => {
      const { services } = world.declared;
      return expectRefusal(world, [rule, configMap], () => {
        world.declared = { ...world.declared, services: [...services, { ...search, name: "billing" }] };
      });
    },
  },
  {
    title: "foreign Secret: nor is that",
    run: async (world) => {
      const { secrets, ...rest } = world.declared;
      world.declared = rest;
      await world.pulumi.up();
      return expectRefusal(world, [secret], () => {
        world.declared = { ...rest, ...(secrets ? { secrets } : {}) };
      });
    },
  },
];

interface Foreign {
  readonly kind: Kind;
  readonly metadata: { readonly name: string };
}

/**
 * With the objects there, an `up` of the change fails and touches none of them; without them, it is finished.
 * The engine begins nothing more once one of them is refused, so an `up` need not name them all: whoever removes
 * those that it names learns of the others from the next one.
 */
async function expectRefusal(world: World, objects: readonly Foreign[], change: () => void): Promise<Report> {
  const { client } = world.cluster;
  const made = new Map<string, KubernetesObject>();
  for (const object of objects) made.set(object.metadata.name, await client.apply(at(object), object));
  change();
  const reported: string[] = [];
  for (let left = objects; left.length > 0; ) {
    const { message } = await refusedUp(world);
    for (const object of left) assert.deepEqual(await client.get(at(object)), made.get(object.metadata.name));
    const named = left.filter(({ metadata }) => message.includes(`"${metadata.name}" already exists`));
    assert.ok(named.length > 0, `one of ours is named: ${message}`);
    for (const object of named) await client.remove(at(object));
    left = left.filter((object) => !named.includes(object));
    reported.push(...message.split("\n"));
  }
  const changes = await upAfterPreview(world);
  await assertDeployed(world);
  return [...reported, "once they are gone:", ...changes];
}

function at({ kind, metadata }: Foreign): string {
  return pathOf(kind, NAMESPACE, metadata.name);
}

async function refusedUp({ pulumi }: World): Promise<FailedOperation> {
  const failure = await pulumi.up().catch((error: unknown) => error);
  assert.ok(failure instanceof FailedOperation, "the up should fail");
  return failure;
}
