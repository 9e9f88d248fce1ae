/** The `operator` and `configMaps` targets on a real API server, with the real engine and the real Kubernetes provider. */
import { afterAll, beforeAll, test } from "vitest";
import { type Cluster, clusterEngines, makeNamespace, startCluster } from "../support/cluster/cluster.ts";
import { podEngines } from "../support/cluster/documented-pods.ts";
import { describeWithEngine } from "../support/engines.ts";
import { scenarios } from "./scenarios/index.ts";
import { makeWorld, NAMESPACE, type World } from "./scenarios/world.ts";

describeWithEngine(["pulumi", "pulumi-resource-kubernetes", ...clusterEngines, ...podEngines], "a cluster", () => {
  let cluster: Cluster;
  let world: World;

  beforeAll(async () => {
    cluster = await startCluster({ operator: false });
    await makeNamespace(cluster, NAMESPACE);
    world = await makeWorld(cluster);
  });
  afterAll(() => cluster?.stop());

  test.each(scenarios)("$title", async ({ run }) => {
    await run(world);
  });
});
