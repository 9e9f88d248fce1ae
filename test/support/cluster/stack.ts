/**
 * Pulumi under test: the real engine, an inline program, and a state in a folder of its own. Where the Kubernetes provider
 * is on this machine it is used.
 */
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type EngineEvent, LocalWorkspace, type PulumiFn, type Stack } from "@pulumi/pulumi/automation/index.js";
import { type Change, changesOf } from "../../../tools/deploy/changes.ts";
import { pulumiEnvironment } from "../../../tools/deploy/engine.ts";
import { failureText } from "../../../tools/deploy/failure.ts";

export interface TestStack {
  readonly stack: Stack;
  readonly stateFolder: string;
  readonly stateFile: string;
  /** The program of the operations to come. */
  program: PulumiFn;
  preview(): Promise<Operation>;
  up(): Promise<Operation>;
  destroy(): Promise<Operation>;
  /** Kills the engine that is at work, as a crash or a lost machine would. */
  kill(): void;
}

/** What an operation did, or would do. */
export interface Operation {
  readonly changes: readonly Change[];
  /** All that the engine printed. */
  readonly output: string;
  readonly seconds: number;
}

/** An operation that failed; `message` is what a user is reported. */
export class FailedOperation extends Error {
  readonly operation: Operation;

  constructor(message: string, operation: Operation) {
    super(message);
    this.operation = operation;
  }
}

export interface StackOptions {
  readonly name?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A stack whose state and home are in `dir`. */
export async function makeStack(
  dir: string,
  program: PulumiFn,
  { name = "test", env = {} }: StackOptions = {},
): Promise<TestStack> {
  const home = join(dir, "pulumi-home");
  mkdirSync(join(dir, "state"), { recursive: true });
  const envVars = {
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${join(dir, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "correct horse",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    ...env,
  };
  // The Automation API looks for the engine on the PATH of this process.
  process.env.PATH = pulumiEnvironment(dir).PATH;
  const test: { program: PulumiFn } = { program };
  const stack = await LocalWorkspace.createOrSelectStack(
    { stackName: name, projectName: "firebreak-test", program: () => test.program() },
    {
      envVars,
      projectSettings: {
        name: "firebreak-test",
        runtime: "nodejs",
        main: process.cwd(),
      },
    },
  );
  // After each operation the Automation API starts the engine three more times for what no test reads.
  Object.assign(stack, { outputs: async () => ({}), info: async () => undefined });
  const stateFolder = join(dir, "state");
  const stateFile = join(stateFolder, ".pulumi/stacks/firebreak-test", `${name}.json`);
  return Object.assign(test, {
    stack,
    stateFolder,
    stateFile,
    preview: () => operateOnLine(stack, "preview"),
    up: () => operateOnLine(stack, "up"),
    destroy: () => operateOnLine(stack, "destroy"),
    kill: killEngine,
  });
}

type Kind = "preview" | "up" | "destroy";

/**
 * On a busy machine the Node SDK may lose its engine (https://github.com/pulumi/pulumi/issues/14841): seen once in many runs of all
 * tests. That is nobody's mistake here, and the operation is done again.
 */
async function operateOnLine(stack: Stack, kind: Kind): Promise<Operation> {
  const killsBefore = kills;
  try {
    return await operate(stack, kind);
  } catch (error) {
    if (kills > killsBefore || !/14 UNAVAILABLE: No connection established/.test(String(error))) throw error;
    console.error(`${kind}: the SDK lost its engine, once more`);
    return operate(stack, kind);
  }
}

async function operate(stack: Stack, kind: Kind): Promise<Operation> {
  const events: EngineEvent[] = [];
  let output = "";
  const start = Date.now();
  const done = (): Operation => ({ changes: changesOf(events), output, seconds: (Date.now() - start) / 1000 });
  try {
    await stack[kind]({
      onEvent: (event) => events.push(event),
      onOutput: (text) => (output += text),
      diff: true,
      refresh: true,
    });
    return done();
  } catch (error) {
    throw new FailedOperation(failureText(error, events), { ...done(), output: `${output}${error}` });
  }
}

/** The state as it lies on the disk. */
export function readState({ stateFile }: TestStack): string {
  return readFileSync(stateFile, "utf8");
}

let kills = 0;

function killEngine(): void {
  kills += 1;
  const engines = childrenOf(process.pid).filter((pid) => textOf(pid, "cmdline").includes("auto.inline"));
  if (engines.length === 0) throw new Error("no engine is at work");
  // Its providers too, as when the machine is lost: they would finish what they are doing.
  for (const pid of engines.flatMap((engine) => [engine, ...childrenOf(engine)])) process.kill(pid, "SIGKILL");
}

function childrenOf(parent: number): number[] {
  const all = readdirSync("/proc")
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number);
  return all.filter((pid) => new RegExp(`^PPid:\\s+${parent}$`, "m").test(textOf(pid, "status")));
}

/** Empty for a process that has just ended. */
function textOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
