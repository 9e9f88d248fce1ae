/**
 * Puts an engine into the cache: downloaded from its official release, else built from its Go module.
 */
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildFromModule } from "./build-from-module.ts";
import { downloadRelease, releaseOf } from "./download-release.ts";
import {
  cachedEnginePath,
  type EngineEnvironment,
  enginesFolder,
  type FoundEngine,
  findEngine,
  versionOf,
} from "./find-engine.ts";
import { type EngineName, type EnginePin, pins } from "./pins.ts";

/** Where to provision, and what: this process's variables and the repository's pin unless others are given. */
export interface ProvisionOptions {
  readonly environment?: EngineEnvironment;
  readonly pin?: EnginePin;
}

/** A way to get an engine: `get` puts it at the file `target`. */
interface Way {
  readonly origin: string;
  readonly get: (target: string) => Promise<void>;
}

/**
 * The engine that is on this machine, in the cache or on `PATH`; where there is none, the pinned version is provisioned.
 *
 * @throws {Error} when no way works; what went wrong is on stderr already.
 */
export async function findOrProvision(
  name: EngineName,
  { environment = process.env, pin = pins[name] }: ProvisionOptions = {},
): Promise<FoundEngine> {
  return findEngine(name, environment) ?? (await provision(name, pin, environment));
}

async function provision(name: EngineName, pin: EnginePin, environment: EngineEnvironment): Promise<FoundEngine> {
  const folder = enginesFolder(environment);
  mkdirSync(folder, { recursive: true });
  // Within the cache, because a rename is atomic only inside one file system.
  const workFolder = mkdtempSync(join(folder, ".work-"));
  try {
    const program = join(workFolder, name);
    const origin = await getOneWay(waysTo(pin, environment), program, `${name} ${pin.version}`);
    return { name, version: pin.version, path: moveToCache(name, pin, program, environment), origin };
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

/** The release first: seconds where a build takes minutes. Most engines have none. */
function waysTo(pin: EnginePin, environment: EngineEnvironment): readonly Way[] {
  const release = releaseOf(pin);
  const source = { origin: "source", get: (target: string) => buildFromModule(pin, target, environment) };
  if (release === undefined) return [source];
  return [{ origin: `the release ${release.url}`, get: (target) => downloadRelease(release, target) }, source];
}

async function getOneWay(ways: readonly Way[], program: string, title: string): Promise<string> {
  for (const { origin, get } of ways) {
    console.error(`${title}: from ${origin}`);
    try {
      await get(program);
      return origin;
    } catch (error) {
      console.error(`${title}: ${error instanceof Error ? error.message : error}`);
    }
  }
  throw new Error(`${title} could not be provisioned`);
}

function moveToCache(name: EngineName, pin: EnginePin, program: string, environment: EngineEnvironment): string {
  const printed = versionOf(name, program);
  if (printed !== pin.version)
    throw new Error(`${name} should be ${pin.version} but prints ${printed ?? "no version"}`);
  const path = cachedEnginePath(name, environment);
  mkdirSync(dirname(path), { recursive: true });
  moveFolder(pin, dirname(program), dirname(path));
  // Last, because whoever finds the program takes the rest for granted.
  renameSync(program, path);
  return path;
}

function moveFolder({ folder }: EnginePin, from: string, to: string): void {
  if (folder !== undefined) cpSync(join(from, folder.as), join(to, folder.as), { recursive: true });
}
