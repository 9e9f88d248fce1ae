/**
 * Where an engine is on this machine: our cache first, then `PATH` if what is there is at least the pin.
 */
import { spawnSync } from "node:child_process";
import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import { type CacheEnvironment, cacheFolder } from "../../src/io/cache-folder.ts";
import { type EngineName, pins } from "./pins.ts";
import { isAtLeast, readVersion } from "./version.ts";

/** The variables that decide where engines are looked for. */
export type EngineEnvironment = CacheEnvironment;

export interface FoundEngine {
  readonly name: EngineName;
  readonly version: string;
  readonly path: string;
  /** Where it came from, in words: `npm run engines` prints it. */
  readonly origin: string;
}

export function findEngine(name: EngineName, environment: EngineEnvironment = process.env): FoundEngine | undefined {
  return findInCache(name, environment) ?? findOnPath(name, environment);
}

/** Keyed by version, so that a bump never meets the old program, and two checkouts share one build. */
export function cachedEnginePath(name: EngineName, environment: EngineEnvironment = process.env): string {
  return join(enginesFolder(environment), `${name}-${pins[name].version}`, name);
}

/** The folder in the cache that holds all engines. */
export function enginesFolder(environment: EngineEnvironment = process.env): string {
  return join(cacheFolder(environment), "engines");
}

// Not asked for its version: only a finished program is ever moved to this path.
function findInCache(name: EngineName, environment: EngineEnvironment): FoundEngine | undefined {
  const path = cachedEnginePath(name, environment);
  return isExecutable(path) ? { name, version: pins[name].version, path, origin: "the cache" } : undefined;
}

function findOnPath(name: EngineName, environment: EngineEnvironment): FoundEngine | undefined {
  for (const folder of (environment.PATH ?? "").split(delimiter).filter(Boolean)) {
    const path = join(folder, name);
    const version = isExecutable(path) ? versionOf(name, path) : undefined;
    if (version !== undefined && isAtLeast(version, pins[name].version)) return { name, version, path, origin: "PATH" };
  }
  return undefined;
}

/** The version that the program at `path` prints, on either stream. */
export function versionOf(name: EngineName, path: string): string | undefined {
  const { stdout, stderr } = spawnSync(path, pins[name].versionArgs, { encoding: "utf8", timeout: 10_000 });
  return readVersion(stdout ?? "") ?? readVersion(stderr ?? "");
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
