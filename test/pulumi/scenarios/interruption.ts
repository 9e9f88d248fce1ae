/** An engine that is killed, and what the next one makes of it. */
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import type { ServiceDeclaration } from "../../../src/declare/declaration.ts";
import { recover, removeBrokenAttributes } from "../../../src/pulumi/recover.ts";
import type { KubernetesObject } from "../../support/cluster/client.ts";
import { changesBetween, pathOf } from "../../support/cluster/snapshot.ts";
import { FailedOperation, readState } from "../../support/cluster/stack.ts";
import { search } from "../declarations.ts";
import { killedUp } from "./killed.ts";
import { assertDeployed, look, NAMESPACE, type Scenario, type World } from "./world.ts";

export const interruption: readonly Scenario[] = [
  {
    title: "interruption: the engine is killed in the middle of an up, and the next one finishes it",
    run: async (world) => {
      world.declared = { ...world.declared, services: many(10) };
      const before = await look(world);
      await killedUp(world, before);
      const partly = changesBetween(before, await look(world));
      removeBrokenAttributes(world.pulumi.stateFolder);
      await world.pulumi.stack.cancel();
      const found = await recover(world.pulumi.stack);
      await world.pulumi.up();
      await assertDeployed(world);
      return [
        `${partly.length} objects had changed when it was killed; ${found.length} of them the state did not know`,
        `${(await look(world)).size} objects at the end, as declared`,
      ];
    },
  },
  {
    title: "cut off: what was created and not noted is found again, unless somebody else made it",
    run: async (world) => {
      const path = pathOf("PrometheusRule", NAMESPACE, "firebreak-service-2");
      forget(world, ["slos/service-1/rules", "slos/service-2/rules"]);
      await world.cluster.client.remove(path);
      const theirs = await world.cluster.client.apply(path, foreignRule);
      const found = await recover(world.pulumi.stack);
      assert.deepEqual(found, ["slos/service-1/rules"]);
      const failure = await world.pulumi.up().catch((error: unknown) => error);
      assert.ok(failure instanceof FailedOperation && failure.message.includes('"firebreak-service-2" already exists'));
      assert.deepEqual(await world.cluster.client.get(path), theirs);
      await world.cluster.client.remove(path);
      await world.pulumi.up();
      await assertDeployed(world);
      return [`${found.join()} is known again`, ...failure.message.split("\n")];
    },
  },
  {
    title: "two stacks: one that is cut off takes nothing that another stack of the same names has made",
    run: async (world) => {
      const path = pathOf("PrometheusRule", NAMESPACE, "firebreak-service-3");
      const theirs = await world.cluster.client.get(path);
      forget(world, ["slos/service-3/rules"]);
      assert.equal((await world.cluster.client.ask("PUT", path, ofStack(theirs, "other/prod"))).status, 200);
      assert.deepEqual(await recover(world.pulumi.stack), []);
      const failure = await world.pulumi.up().catch((error: unknown) => error);
      assert.ok(failure instanceof FailedOperation && failure.message.includes('"firebreak-service-3" already exists'));
      assert.equal((await world.cluster.client.get(path))?.metadata.annotations?.["firebreak/stack"], "other/prod");
      await world.cluster.client.remove(path);
      await world.pulumi.up();
      await assertDeployed(world);
      return failure.message.split("\n");
    },
  },
];

function ofStack(object: KubernetesObject | undefined, name: string): object {
  return { ...object, metadata: { ...object?.metadata, annotations: { "firebreak/stack": name } } };
}

const foreignRule = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PrometheusRule",
  metadata: { name: "firebreak-service-2" },
  spec: { groups: [] },
};

function many(count: number): ServiceDeclaration[] {
  return Array.from({ length: count }, (_item, index) => ({ ...search, name: `service-${index + 1}` }));
}

interface StateFile {
  readonly checkpoint: { latest: { resources: readonly Resource[]; pending_operations?: readonly object[] } };
}

interface Resource {
  readonly urn: string;
  readonly [field: string]: unknown;
}

/** The state as it is when an engine dies between the create of these resources and the note of it. */
function forget({ pulumi }: World, names: readonly string[]): void {
  const state = JSON.parse(readState(pulumi)) as StateFile;
  const { latest } = state.checkpoint;
  const isMeant = ({ urn }: Resource) => names.some((name) => urn.endsWith(`::${name}`));
  const meant = latest.resources.filter(isMeant).map(({ id: _id, outputs: _outputs, ...resource }) => resource);
  assert.equal(meant.length, names.length);
  latest.resources = latest.resources.filter((each) => !isMeant(each));
  latest.pending_operations = meant.map((resource) => ({ type: "creating", resource }));
  writeFileSync(pulumi.stateFile, JSON.stringify(state));
}
