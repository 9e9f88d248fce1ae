/**
 * Puts an engine into the cache: built from its Go module, else downloaded from its official release.
 */
import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildFromModule } from "./build-from-module.ts";
import { downloadRelease } from "./download-release.ts";
import { cachedEnginePath, enginesFolder, type FoundEngine, versionOf } from "./find-engine.ts";
import { type EngineName, type EnginePin, pins } from "./pins.ts";

const ways = [
  { what: "building from its Go module", get: buildFromModule },
  { what: "downloading its official release", get: downloadRelease },
] as const;

/**
 * Provisions the pinned version, whatever else is on this machine.
 *
 * @throws {Error} when no way works; what went wrong is on stderr already.
 */
export async function provision(name: EngineName): Promise<FoundEngine> {
  mkdirSync(enginesFolder(), { recursive: true });
  // Within the cache, because a rename is atomic only inside one file system.
  const workFolder = mkdtempSync(join(enginesFolder(), ".work-"));
  try {
    const program = join(workFolder, name);
    await getOneWay(name, program);
    return moveToCache(name, program);
  } finally {
    rmSync(workFolder, { recursive: true, force: true });
  }
}

async function getOneWay(name: EngineName, program: string): Promise<void> {
  for (const { what, get } of ways) {
    console.error(`${name} ${pins[name].version}: ${what}`);
    try {
      return await get(name, program);
    } catch (error) {
      console.error(`${name}: ${error instanceof Error ? error.message : error}`);
    }
  }
  throw new Error(`${name} ${pins[name].version} could not be provisioned`);
}

function moveToCache(name: EngineName, program: string): FoundEngine {
  const { version } = pins[name];
  const printed = versionOf(name, program);
  if (printed !== version) throw new Error(`${name} should be ${version} but prints ${printed ?? "no version"}`);
  const path = cachedEnginePath(name);
  mkdirSync(dirname(path), { recursive: true });
  moveFolder(pins[name], dirname(program), dirname(path));
  // Last, because whoever finds the program takes the rest for granted.
  renameSync(program, path);
  return { name, version, path };
}

function moveFolder({ folder }: EnginePin, from: string, to: string): void {
  if (folder !== undefined) cpSync(join(from, folder.as), join(to, folder.as), { recursive: true });
}
