import { makeNamespace, startCluster } from "./test/support/cluster/cluster.ts";
import { makeWorld, NAMESPACE, scenarios } from "./test/pulumi/scenarios.ts";
console.time("cluster");
const cluster = await startCluster({ operator: false });
console.timeEnd("cluster");
try {
  await makeNamespace(cluster, NAMESPACE);
  const world = await makeWorld(cluster); const { gateway } = await import("./test/pulumi/declarations.ts"); if (process.env.ONLYG) world.declared = { ...world.declared, services: [gateway] };
  for (const { title, run } of scenarios.filter((_s, i) => process.argv.length < 3 || process.argv.slice(2).map(Number).includes(i))) {
    const s = Date.now();
    try { const lines = await run(world); console.log("OK", title, (Date.now() - s) / 1000, "\n   " + lines.join("\n   ")); }
    catch (e: any) { console.log("FAIL", title, (Date.now() - s) / 1000, String(e.message).slice(0, 3000)); break; }
  }
} finally { await cluster.stop(); }
