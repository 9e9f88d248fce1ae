/** What is declared reaches the cluster, and nothing else does. */
import assert from "node:assert/strict";
import { search, withObjective } from "../declarations.ts";
import { assertDeployed, expectChanges, type Scenario, upAfterPreview } from "./world.ts";

export const changes: readonly Scenario[] = [
  {
    title: "create: the preview writes nothing, and the cluster then holds what a build makes",
    run: async (world) => {
      const changes = await upAfterPreview(world);
      await assertDeployed(world);
      assert.equal(changes.length, 8);
      return changes;
    },
  },
  {
    title: "again: nothing changes",
    run: async (world) => expectChanges(world, []),
  },
  {
    title: "change of one objective: its service's rules and runbooks change, and nothing else",
    run: async (world) => {
      world.declared = { ...world.declared, services: [withObjective(99.95), search] };
      const { changes } = await world.pulumi.preview();
      const values = changes.flatMap((change) => change.values);
      assert.deepEqual(values, ["slos.error-rate.objective: 99.9 => 99.95"]);
      const service = ["ConfigMap firebreak-gateway.runbooks", "PrometheusRule firebreak-gateway"];
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
];
