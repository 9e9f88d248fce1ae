/** One program's life on one cluster: the time of each operation, the size of the state, and peak memory. */
import { globSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
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
  /** Of the processor: the program, the engine and its providers. Other work on the machine does not lengthen it. */
  readonly cpuSeconds: Readonly<Record<string, number>>;
  readonly peakMiB: Readonly<Record<string, number>>;
}

/** The cluster, and a folder for states. */
interface Place {
  readonly dir: string;
  readonly kubeconfig: string;
}

/** How the engine keeps what it does. */
export interface Keeping {
  readonly checkpoints: Life["checkpoints"];
  /** Whether it writes its own log of all properties. */
  readonly log: boolean;
}

export async function measureLife(cluster: Place, program: Program, { checkpoints, log }: Keeping): Promise<Life> {
  const dir = join(cluster.dir, `${program.name}-${checkpoints}`.replace(" ", "-"));
  mkdirSync(dir);
  if (!log) preventLog(dir);
  const env = { KUBECONFIG: cluster.kubeconfig, ...CHECKPOINTS[checkpoints] };
  const pulumi = await makeStack(dir, () => program.run(), { env });
  const seconds: Record<string, number> = {};
  const cpuSeconds: Record<string, number> = {};
  const timed = async (name: string, operate: () => Promise<Operation>) => {
    const before = cpuSecondsSoFar();
    const done = await operate();
    seconds[name] = tenths(done.seconds);
    cpuSeconds[name] = tenths(cpuSecondsSoFar() - before);
    console.error(`${program.name}, ${checkpoints}: ${name}: ${seconds[name]} s, ${cpuSeconds[name]} s CPU`);
    return done;
  };
  const memory = peakMemory();
  await timed("preview", pulumi.preview);
  const { changes } = await timed("up", pulumi.up);
  const stateMiB = mebibytes(stateBytes(pulumi.stateFile));
  await timed("preview of nothing", pulumi.preview);
  program.change();
  await timed("one objective, up", pulumi.up);
  await timed("destroy", pulumi.destroy);
  const life = { program: program.name, checkpoints, resources: changes.length, stateMiB, seconds, cpuSeconds };
  return { ...life, peakMiB: memory.stop() };
}

/** A file where the engine would make the folder of its logs: it has no switch for them, and goes on without. */
function preventLog(dir: string): void {
  mkdirSync(join(dir, "pulumi-home"));
  writeFileSync(join(dir, "pulumi-home/logs"), "");
}

/** Of this process and of all programs that it started and that have ended: each operation has an engine of its own. */
function cpuSecondsSoFar(): number {
  const stat = readFileSync("/proc/self/stat", "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // utime, stime, cutime and cstime, in hundredths of a second: proc(5).
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
}

function tenths(number: number): number {
  return Math.round(number * 10) / 10;
}

function stateBytes(stateFile: string): number {
  const [file = stateFile] = globSync(`${stateFile}{,.gz}`);
  return statSync(file).size;
}

function mebibytes(bytes: number): number {
  return tenths(bytes / 1024 / 1024);
}
