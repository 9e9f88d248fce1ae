/** Processes of a cluster under test: a log each, gone when the test is. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { waitFor } from "../live-wait.ts";

export interface Running {
  readonly log: string;
  stop(): Promise<void>;
  /** Resident memory in MiB. */
  memory(): number;
}

export interface Start {
  readonly program: string;
  readonly args: readonly string[];
  readonly log: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly ready: () => Promise<boolean>;
}

/** Starts a program and waits until it is ready. */
export async function startProcess({ program, args, log, env, ready }: Start): Promise<Running> {
  const file = openSync(log, "a");
  const child = spawn(program, args, { stdio: ["ignore", file, file], env: { ...process.env, ...env } });
  closeSync(file);
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  child.once("exit", () => process.off("exit", kill));
  try {
    await waitFor(`${program} is ready`, async () => {
      if (hasEnded(child)) return true;
      return ready().catch(() => false);
    });
    if (hasEnded(child)) throw new Error(`${program} ended at once`);
  } catch (error) {
    child.kill("SIGKILL");
    throw new Error(`${(error as Error).message}\n${readFileSync(log, "utf8").slice(-3000)}`, { cause: error });
  }
  return { log, stop: () => stopProcess(child), memory: () => residentMemory(child.pid) };
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function stopProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const killer = setTimeout(() => child.kill("SIGKILL"), 3000);
  child.kill("SIGTERM");
  await once(child, "exit");
  clearTimeout(killer);
}

function residentMemory(pid: number | undefined): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024);
}

/** Ports of loopback that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, "127.0.0.1"));
  await Promise.all(servers.map((server) => once(server, "listening")));
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => once(server.close(), "close")));
  return ports;
}
