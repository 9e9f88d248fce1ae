/** Another target, and the end of a deployment. */
import assert from "node:assert/strict";
import { pathOf } from "../../support/cluster/snapshot.ts";
import { gateway, search } from "../declarations.ts";
import { assertDeployed, look, NAMESPACE, type Scenario, upAfterPreview } from "./world.ts";

export const switched: readonly Scenario[] = [
  {
    title: "target switch: from the operator's objects to ConfigMaps",
    run: async (world) => {
      world.declared = {
        ...world.declared,
        services: [gateway, search],
        target: { kind: "configMaps", namespace: NAMESPACE },
      };
      const changes = await upAfterPreview(world);
      await assertDeployed(world);
      const gone = changes.filter((change) => change.startsWith("-"));
      return [...changes.filter((change) => !gone.includes(change)), `- ${gone.length} others`];
    },
  },
];

export const destroyed: readonly Scenario[] = [
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
