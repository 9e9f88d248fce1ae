/** The test files in a folder, by the service that they are of. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { systemCode, UnusablePath } from "../write/unusable-path.ts";

export interface ServiceTests {
  readonly service: string;
  /** Paths, in their order. */
  readonly files: readonly string[];
}

const ENDING = /(\.(days|pause))?\.tests\.yaml$/;

/** @throws {UnusablePath} where there is none. */
export function findTests(out: string): ServiceTests[] {
  const folder = join(out, "prometheus");
  const names = namesIn(folder).filter((name) => ENDING.test(name));
  if (names.length === 0) throw nothingIn(folder);
  const services = Map.groupBy(names.sort(), (name) => name.replace(ENDING, ""));
  return [...services].map(([service, files]) => ({ service, files: files.map((name) => join(folder, name)) }));
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) === "ENOENT") throw nothingIn(folder);
    throw new UnusablePath(`${folder} cannot be read (${systemCode(error) ?? "unknown"}).`, HINT, error);
  }
}

function nothingIn(folder: string): UnusablePath {
  return new UnusablePath(`${folder} has no *.tests.yaml.`, HINT);
}

const HINT = "Run firebreak build, or name what it wrote into with --out DIR.";
