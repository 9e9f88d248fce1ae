/**
 * Engines from source: the Go module pinned beside this file, every module checked against its `go.sum`.
 */
import { spawn, spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { dirname, join } from "node:path";
import { type EngineName, type EnginePin, pins } from "./pins.ts";

const heartbeatSeconds = 30;

/**
 * Builds the engine to the file `target`, saying on stderr that it is still at work: from cold it takes minutes.
 *
 * @throws {Error} when Go is missing or the build fails.
 */
export async function buildFromModule(name: EngineName, target: string): Promise<void> {
  if (spawnSync("go", ["version"]).status !== 0) throw new Error("Go is not on this machine");
  const heartbeat = startHeartbeat(name);
  try {
    await goBuild(pins[name], target);
    copyFolder(pins[name], dirname(target));
  } finally {
    clearInterval(heartbeat);
  }
}

function startHeartbeat(name: EngineName): NodeJS.Timeout {
  const start = Date.now();
  return setInterval(() => {
    console.error(`${name}: still building, ${Math.round((Date.now() - start) / 1000)} s`);
  }, heartbeatSeconds * 1000);
}

function goBuild(pin: EnginePin, target: string): Promise<void> {
  const stamps = Object.entries(pin.stamps).map(([variable, value]) => `-X ${variable}=${value}`);
  const linkerFlags = ["-s -w", ...stamps].join(" ");
  const child = spawn("go", ["build", "-mod=readonly", `-ldflags=${linkerFlags}`, "-o", target, pin.package], {
    cwd: join(import.meta.dirname, pin.module),
    // A workspace further up, or a C compiler, must not change what is built.
    env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => (status === 0 ? resolve() : reject(new Error(`go build failed (${status})`))));
  });
}

function copyFolder({ module, folder }: EnginePin, target: string): void {
  if (folder === undefined) return;
  const options = { cwd: join(import.meta.dirname, module), encoding: "utf8" } as const;
  const { stdout } = spawnSync("go", ["list", "-mod=readonly", "-m", "-f", "{{.Dir}}", folder.module], options);
  cpSync(join(stdout.trim(), folder.path), join(target, folder.as), { recursive: true });
}
