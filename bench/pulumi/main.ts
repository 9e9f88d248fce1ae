/**
 * `node bench/pulumi/main.ts [--services 1,10,100] [--checkpoints plain,gzip,skipped] [--no-log]`: the life of a deployment of
 * ten SLOs a service on a real API server, with the real engine and provider, and beside it that of as many bare objects of the
 * same bytes: time, state, peak memory. `--no-log` keeps the engine from its own log. Ends with a line of JSON.
 */
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeNamespace, startCluster } from "../../test/support/cluster/cluster.ts";
import { NAMESPACE, SLOS_PER_SERVICE } from "./declarations.ts";
import type { LifeOf } from "./life.ts";
import { CHECKPOINTS, type Life } from "./measure.ts";

const OPERATIONS = ["preview", "up", "preview of nothing", "one objective, up", "destroy"];

const { values } = parseArgs({
  options: {
    services: { type: "string", default: "1,10,100" },
    checkpoints: { type: "string", default: Object.keys(CHECKPOINTS).join() },
    log: { type: "boolean", default: true },
  },
  allowNegative: true,
});
const rows: Row[] = [];
console.log(heading());
for (const services of values.services.split(",").map(Number))
  for (const checkpoints of values.checkpoints.split(",") as Life["checkpoints"][])
    rows.push(...(await measure(services, checkpoints)));
console.log(JSON.stringify({ bench: "pulumi", log: values.log, slosPerService: SLOS_PER_SERVICE, rows }));

interface Row extends Life {
  readonly slos: number;
}

/** A cluster of its own for each pair: what an earlier one left in memory is not counted. */
async function measure(services: number, checkpoints: Life["checkpoints"]): Promise<Row[]> {
  const cluster = await startCluster({ operator: false });
  try {
    await makeNamespace(cluster, NAMESPACE);
    const slos = services * SLOS_PER_SERVICE;
    const { dir, kubeconfig } = cluster;
    const wanted = { dir, kubeconfig, services, checkpoints, log: values.log };
    const floor = { slos, ...live({ ...wanted, program: "bare" }) };
    const own = { slos, ...live({ ...wanted, program: "firebreak" }) };
    for (const row of [own, floor]) console.log(line(row, floor));
    return [own, floor];
  } finally {
    await cluster.stop();
  }
}

function live(wanted: LifeOf): Life {
  const script = join(import.meta.dirname, "life.ts");
  const output = execFileSync(process.execPath, [script, JSON.stringify(wanted)], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(output.trim().split("\n").at(-1) ?? "") as Life;
}

function heading(): string {
  const columns = ["SLOs", "checkpoints", "program", "resources", "state", ...OPERATIONS, "peak memory"];
  return `| ${columns.join(" | ")} |\n|${"---|".repeat(columns.length)}`;
}

/** With how many times the floor each figure is. */
function line(row: Row, floor: Row): string {
  const times = (own: number, least: number, unit: string) =>
    row === floor ? `${own} ${unit}` : `${own} ${unit} (${(own / least).toFixed(1)}×)`;
  const seconds = OPERATIONS.map((name) => {
    const cpu = times(row.cpuSeconds[name] ?? NaN, floor.cpuSeconds[name] ?? NaN, "s CPU");
    return `${row.seconds[name]} s, ${cpu}`;
  });
  const peaks = Object.entries(row.peakMiB).map(([name, value]) => `${name} ${value} MiB`);
  const state = times(row.stateMiB, floor.stateMiB, "MiB");
  return `| ${[row.slos, row.checkpoints, row.program, row.resources, state, ...seconds, peaks.join(", ")].join(" | ")} |`;
}
