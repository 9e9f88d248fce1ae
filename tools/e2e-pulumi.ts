/**
 * `npm run e2e:pulumi`: a deployment's life on a real cluster without nodes, scenario by scenario, with what changed there.
 * Ends with one line of JSON.
 */

import { scenarios } from "../test/pulumi/scenarios/index.ts";
import { makeWorld, NAMESPACE } from "../test/pulumi/scenarios/world.ts";
import { clusterEngines, makeNamespace, startCluster } from "../test/support/cluster/cluster.ts";
import { podEngines } from "../test/support/cluster/documented-pods.ts";
import { findEngine } from "./engines/find-engine.ts";

const needed = ["pulumi", "pulumi-resource-kubernetes", ...clusterEngines, ...podEngines] as const;
const missing = needed.filter((name) => findEngine(name) === undefined);
if (missing.length > 0) {
  console.error(`${missing.join(", ")} not on this machine: npm run engines -- ${missing.join(" ")}`);
  process.exit(2);
}
for (const name of needed) console.log(`${name} ${findEngine(name)?.version}`);
console.log("\nIn the cluster: + created, ~ changed, - deleted, ± another object of the same name.");
process.exitCode = await main();

async function main(): Promise<number> {
  const cluster = await startCluster();
  try {
    await makeNamespace(cluster, NAMESPACE);
    const world = await makeWorld(cluster);
    const figures: Record<string, number> = {};
    for (const { title, run } of scenarios) {
      const start = Date.now();
      const lines = await run(world);
      const seconds = (Date.now() - start) / 1000;
      figures[title.split(":")[0] ?? title] = Math.round(seconds * 10) / 10;
      console.log(`\n${title} (${seconds.toFixed(1)} s)\n${lines.map((line) => `  ${line}`).join("\n")}`);
    }
    console.log(`\n${JSON.stringify({ scenarios: scenarios.length, seconds: figures, memoryMiB: cluster.memory() })}`);
    return 0;
  } finally {
    await cluster.stop();
  }
}
