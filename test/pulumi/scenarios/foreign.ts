/** Objects of the same name that somebody else made. */
import assert from "node:assert/strict";
import { pathOf } from "../../support/cluster/snapshot.ts";
import { FailedOperation } from "../../support/cluster/stack.ts";
import { search } from "../declarations.ts";
import { assertDeployed, NAMESPACE, type Scenario, upAfterPreview } from "./world.ts";

export const foreign: readonly Scenario[] = [
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
];

const foreignRule = {
  apiVersion: "monitoring.coreos.com/v1",
  kind: "PrometheusRule",
  metadata: { name: "firebreak-search" },
  spec: { groups: [{ name: "search/availability", interval: "7m", rules: [{ record: "a:b", expr: "vector(1)" }] }] },
};
