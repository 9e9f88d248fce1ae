/** One program's life on one cluster: the time of each operation, the size of the state, and peak memory. */
import { globSync, mkdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { makeStack, type Operation } from "../../test/support/cluster/stack.ts";
import { peakMemory } from "./memory.ts";
import type { Program } from "./programs.ts";

/** How a state in a folder is kept. */
export const CHECKPOINTS = {
  plain: {},
  gzip: { PULUMI_DIY_BACKEND_GZIP: "true" },
  skipped: { PULUMI_SKIP_CHECKPOINTS: "true", PULUMI_EXPERIMENTAL: "true" },
} as const;

export interface Life {
  readonly program: string;
  readonly checkpoints: keyof typeof CHECKPOINTS;
  readonly resources: number;
  readonly stateMiB: number;
  readonly seconds: Readonly<Record<string, number>>;
  readonly peakMiB: Readonly<Record<string, number>>;
}

/** The cluster, and a folder for states. */
interface Place {
  readonly dir: string;
  readonly kubeconfig: string;
}

export async function measureLife(cluster: Place, program: Program, checkpoints: Life["checkpoints"]): Promise<Life> {
  const dir = join(cluster.dir, `${program.name}-${checkpoints}`.replace(" ", "-"));
  mkdirSync(dir);
  const env = { KUBECONFIG: cluster.kubeconfig, ...CHECKPOINTS[checkpoints] };
  const pulumi = await makeStack(dir, () => program.run(), { env });
  const seconds: Record<string, number> = {};
  const timed = async (name: string, operation: Promise<Operation>) => {
    const done = await operation;
    seconds[name] = Math.round(done.seconds * 10) / 10;
    console.error(`${program.name}, ${checkpoints}: ${name}: ${seconds[name]} s`);
    return done;
  };
  const memory = peakMemory();
  await timed("preview", pulumi.preview());
  const { changes } = await timed("up", pulumi.up());
  const stateMiB = mebibytes(stateBytes(pulumi.stateFile));
  await timed("preview of nothing", pulumi.preview());
  program.change();
  await timed("one objective, up", pulumi.up());
  await timed("destroy", pulumi.destroy());
  const life = { program: program.name, checkpoints, resources: changes.length, stateMiB, seconds };
  return { ...life, peakMiB: memory.stop() };
}

function stateBytes(stateFile: string): number {
  const [file = stateFile] = globSync(`${stateFile}{,.gz}`);
  return statSync(file).size;
}

function mebibytes(bytes: number): number {
  return Math.round((bytes / 1024 / 1024) * 10) / 10;
}
