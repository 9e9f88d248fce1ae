/**
 * `node bench/pulumi/main.ts [SERVICES…]`: preview and up of many services of ten SLOs each, on a real API server with the
 * real engine and provider: time, peak memory, resources and state size, and how they grow. Ends with a line of JSON.
 */
import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import type { ServiceDeclaration, SloDeclaration } from "../../src/declare/declaration.ts";
import { SloStack } from "../../src/pulumi/index.ts";
import { platform } from "../../test/pulumi/declarations.ts";
import { type Cluster, makeNamespace, startCluster } from "../../test/support/cluster/cluster.ts";
import { snapshot } from "../../test/support/cluster/snapshot.ts";
import { makeStack, type Operation, type TestStack } from "../../test/support/cluster/stack.ts";
import { COMPRESSED } from "../../tools/deploy/engine.ts";
import { peakMemory } from "./memory.ts";

const SLOS_PER_SERVICE = 10;
const NAMESPACE = "bench";

const sizes = process.argv.length > 2 ? process.argv.slice(2).map(Number) : [1, 10, 100];
const rows: Row[] = [];
for (const services of sizes) rows.push(await measure(services));
console.log(JSON.stringify({ bench: "pulumi", slosPerService: SLOS_PER_SERVICE, rows }));

interface Row {
  readonly slos: number;
  readonly resources: number;
  readonly objects: number;
  readonly stateMiB: number;
  /** As `npm run up` keeps it. */
  readonly compressedMiB: number;
  readonly seconds: Readonly<Record<string, number>>;
  readonly peakMiB: Readonly<Record<string, number>>;
}

/** A cluster of its own for each size: what an earlier one left in memory is not counted. */
async function measure(services: number): Promise<Row> {
  const cluster = await startCluster({ operator: false });
  try {
    await makeNamespace(cluster, NAMESPACE);
    const row = await measureOn(cluster, services);
    console.log(describe(row));
    return row;
  } finally {
    await cluster.stop();
  }
}

async function measureOn(cluster: Cluster, count: number): Promise<Row> {
  let objective = 99.9;
  const program = async () => {
    const target = { kind: "operator", namespace: NAMESPACE, selectorLabels: {} } as const;
    new SloStack("slos", { services: many(count, objective), platform, target });
  };
  const pulumi = await makeStack(cluster.dir, program, { env: { KUBECONFIG: cluster.kubeconfig, ...COMPRESSED } });
  const seconds: Record<string, number> = {};
  const timed = async (name: string, run: () => Promise<Operation>) => {
    const operation = await run();
    seconds[name] = Math.round(operation.seconds * 10) / 10;
    console.error(`${count * SLOS_PER_SERVICE} SLOs: ${name}: ${seconds[name]} s`);
    return operation;
  };
  const memory = peakMemory();
  await timed("preview", () => pulumi.preview());
  const { changes } = await timed("up", () => pulumi.up());
  await timed("nothing changed", () => pulumi.preview());
  objective = 99.95;
  await timed("one objective, up", () => pulumi.up());
  const objects = (await snapshot(cluster.client, NAMESPACE)).size;
  const row = { slos: count * SLOS_PER_SERVICE, resources: changes.length, objects, ...stateSize(pulumi) };
  await timed("destroy", () => pulumi.destroy());
  return { ...row, seconds, peakMiB: memory.stop() };
}

function stateSize({ stateFile }: TestStack): Pick<Row, "stateMiB" | "compressedMiB"> {
  const compressed = readFileSync(`${stateFile}.gz`);
  return { stateMiB: mebibytes(gunzipSync(compressed).length), compressedMiB: mebibytes(compressed.length) };
}

function mebibytes(bytes: number): number {
  return Math.round((bytes / 1024 / 1024) * 10) / 10;
}

/** The first objective of the first service is the one that changes. */
function many(count: number, objective: number): ServiceDeclaration[] {
  return Array.from({ length: count }, (_item, service) => ({
    name: `service-${service}`,
    owner: `team-${service % 7}`,
    runbooks: "https://runbooks.example.com",
    slos: Array.from({ length: SLOS_PER_SERVICE }, (_slo, slo) =>
      sloOf(service, slo, service === 0 && slo === 0 ? objective : 99.9),
    ),
  }));
}

function sloOf(service: number, slo: number, objective: number): SloDeclaration {
  const selector = `requests_total{service="${service}",route="${slo}"`;
  const sli = { kind: "events", total: `${selector}}`, bad: `${selector},code=~"5.."}` } as const;
  return { name: `slo-${slo}`, objective, sli };
}

function describe({ slos, resources, objects, stateMiB, compressedMiB, seconds, peakMiB }: Row): string {
  const list = (values: Readonly<Record<string, number>>, unit: string) =>
    Object.entries(values)
      .map(([name, value]) => `${name} ${value} ${unit}`)
      .join(", ");
  return `${slos} SLOs: ${resources} resources, ${objects} objects, state ${stateMiB} MiB, ${compressedMiB} MiB on the disk\n  ${list(seconds, "s")}\n  peak: ${list(peakMiB, "MiB")}`;
}
