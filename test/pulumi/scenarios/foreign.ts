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
      "foreign objects: a PrometheusRule and a ConfigMap of our names are not taken over; the up fails and names them",
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

/** With the objects there, an `up` of the change fails and touches none of them; without them, it is finished. */
async function expectRefusal(world: World, objects: readonly Foreign[], change: () => void): Promise<Report> {
  const paths = objects.map(({ kind, metadata }) => pathOf(kind, NAMESPACE, metadata.name));
  const made: KubernetesObject[] = [];
  for (const [index, path] of paths.entries())
    made.push(await world.cluster.client.apply(path, objects[index] as object));
  change();
  const failure = await world.pulumi.up().catch((error: unknown) => error);
  assert.ok(failure instanceof FailedOperation, "the up should fail");
  for (const { metadata } of objects) assert.match(failure.message, new RegExp(`"${metadata.name}" already exists`));
  for (const [index, path] of paths.entries()) {
    assert.deepEqual(await world.cluster.client.get(path), made[index]);
    await world.cluster.client.remove(path);
  }
  const changes = await upAfterPreview(world);
  await assertDeployed(world);
  return [...failure.message.split("\n"), "once they are gone:", ...changes];
}
