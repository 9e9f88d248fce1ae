/**
 * A server of a real engine: on loopback, its configuration, data and log in one folder.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PATIENCE_MS } from "./live-wait.ts";

export interface ServerOptions {
  /** The text of the configuration file; relative paths in it start at `dir`. */
  readonly config: string;
  /** More command line flags. */
  readonly flags?: readonly string[];
  /**
   * Holds `<name>.yaml`, `<name>.log` and `data`, and whatever files the configuration names.
   * By default a new temporary folder, whose data is deleted at the end.
   */
  readonly dir?: string;
}

/** A server that answers on loopback. Stop it in `afterAll` or `onTestFinished`. */
export interface Server {
  readonly url: string;
  readonly dir: string;
  readonly logFile: string;
  stop(): Promise<void>;
  /** Stops and starts it again, on the same port and data. */
  restart(): Promise<void>;
  /** As if its machine were switched off; `restart` starts it again. */
  kill(): Promise<void>;
}

/** Starts `program` on a free loopback port and waits until it is ready. */
export async function startServer(program: string, dataFlag: string, options: ServerOptions): Promise<Server> {
  const { config, flags = [], dir } = options;
  const name = basename(program);
  const home = dir ?? mkdtempSync(join(tmpdir(), `firebreak-${name}-`));
  const [configFile, logFile, data] = [join(home, `${name}.yaml`), join(home, `${name}.log`), join(home, "data")];
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  const ownFlags = [`--config.file=${configFile}`, `${dataFlag}=${data}`, `--web.listen-address=${address}`];
  const start = () => startProcess(program, [...ownFlags, ...flags], url, logFile);

  writeFileSync(configFile, config);
  let child = await start();
  const stop = async () => {
    await stopProcess(child);
    if (dir === undefined) rmSync(data, { recursive: true, force: true });
  };
  const restart = async () => {
    await stopProcess(child);
    child = await start();
  };
  const kill = async () => {
    child.kill("SIGKILL");
    await stopProcess(child);
  };
  return { url, dir: home, logFile, stop, restart, kill };
}

/** A port that nothing listens on, as of now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}

/** A worker that ends without its hooks must leave nothing behind. */
const running = new Set<ChildProcess>();
process.once("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

async function startProcess(
  program: string,
  args: readonly string[],
  url: string,
  logFile: string,
): Promise<ChildProcess> {
  const log = openSync(logFile, "a");
  const child = spawn(program, args, { stdio: ["ignore", log, log] });
  closeSync(log);
  running.add(child);
  child.once("exit", () => running.delete(child));
  await waitUntilReady(child, url, logFile);
  return child;
}

async function waitUntilReady(child: ChildProcess, url: string, logFile: string): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!(await isReady(url))) {
    if (hasEnded(child) || Date.now() > deadline) {
      await stopProcess(child);
      throw new Error(
        `${child.spawnfile} did not become ready; the end of its log:\n${readFileSync(logFile, "utf8").slice(-2000)}`,
      );
    }
    await sleep(50);
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/-/ready`, { signal: AbortSignal.timeout(5000) })).ok;
  } catch {
    return false;
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

/** Asks first; what has not ended after five seconds is killed. */
async function stopProcess(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const killer = setTimeout(() => child.kill("SIGKILL"), 5000);
  child.kill("SIGTERM");
  await once(child, "exit");
  clearTimeout(killer);
}
