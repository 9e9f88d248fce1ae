/**
 * Engines from source: the Go module pinned beside this file, every module checked against its `go.sum`.
 */
import { spawn, spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { EngineEnvironment } from "./find-engine.ts";
import type { EnginePin } from "./pins.ts";

const heartbeatSeconds = 30;

/**
 * Builds a pinned program to the file `target`, saying on stderr that it is still at work: from cold it takes minutes.
 *
 * @throws {Error} when Go is missing or the build fails.
 */
export async function buildFromModule(pin: EnginePin, target: string, environment: EngineEnvironment): Promise<void> {
  // A workspace further up, or a C compiler, must not change what is built.
  const env = { ...environment, CGO_ENABLED: "0", GOWORK: "off" };
  if (spawnSync("go", ["version"], { env }).status !== 0) throw new Error("Go is not on this machine");
  const heartbeat = startHeartbeat(basename(target));
  try {
    await goBuild(pin, target, env);
    copyFolder(pin, dirname(target), env);
  } finally {
    clearInterval(heartbeat);
  }
}

function startHeartbeat(name: string): NodeJS.Timeout {
  const start = Date.now();
  return setInterval(() => {
    console.error(`${name}: still building, ${Math.round((Date.now() - start) / 1000)} s`);
  }, heartbeatSeconds * 1000);
}

function goBuild(pin: EnginePin, target: string, env: NodeJS.ProcessEnv): Promise<void> {
  const stamps = Object.entries(pin.stamps).map(([variable, value]) => `-X ${variable}=${value}`);
  const linkerFlags = ["-s -w", ...stamps].join(" ");
  const child = spawn("go", ["build", "-mod=readonly", `-ldflags=${linkerFlags}`, "-o", target, pin.package], {
    cwd: join(import.meta.dirname, pin.module),
    env,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => (status === 0 ? resolve() : reject(new Error(`go build failed (${status})`))));
  });
}

function copyFolder({ module, folder }: EnginePin, target: string, env: NodeJS.ProcessEnv): void {
  if (folder === undefined) return;
  const options = { cwd: join(import.meta.dirname, module), encoding: "utf8", env } as const;
  const { stdout } = spawnSync("go", ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", folder.module], options);
  cpSync(join(stdout.trim(), folder.path), join(target, folder.as), { recursive: true });
}
