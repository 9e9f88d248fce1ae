/** `npm run engines`: finds or provisions the pinned engines, and prints of each where it is and where it came from. */
import { readArguments } from "../arguments/read-arguments.ts";
import { type FoundEngine, findEngine } from "./find-engine.ts";
import { defaultEngines, type EngineName, pins } from "./pins.ts";
import { findOrProvision } from "./provision.ts";

const HELP = `Finds the pinned engines, and prints "name version path from where" of each: in the cache, else on PATH. What is
nowhere is put into the cache: from its official release, pinned by checksum, else built from source, which needs Go.

  npm run engines                  those that the tests need: ${defaultEngines.join(", ")}
  npm run engines -- sloth pint    others, by name
  npm run engines -- --check       only says what is there, and exits 1 when something is missing

There are ${Object.keys(pins).join(", ")}.`;

const { values, positionals } = readArguments({ options: { check: { type: "boolean", default: false } }, help: HELP });
process.exitCode = await main(positionals, values.check);

async function main(names: readonly string[], onlyCheck: boolean): Promise<number> {
  const unknown = names.filter((name) => !isEngineName(name));
  if (unknown.length > 0) return refuse(unknown);
  const engines = new Map<EngineName, FoundEngine | undefined>();
  for (const name of names.length > 0 ? names.filter(isEngineName) : defaultEngines) {
    engines.set(name, onlyCheck ? findEngine(name) : await tryToProvision(name));
  }
  return report(engines);
}

function isEngineName(name: string): name is EngineName {
  return Object.hasOwn(pins, name);
}

function refuse(unknown: readonly string[]): number {
  console.error(`no such engine: ${unknown.join(", ")} (there are ${Object.keys(pins).join(", ")})`);
  return 2;
}

// One engine that cannot be had must not keep the others away.
async function tryToProvision(name: EngineName): Promise<FoundEngine | undefined> {
  try {
    return await findOrProvision(name);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  }
}

function report(engines: ReadonlyMap<EngineName, FoundEngine | undefined>): number {
  for (const [name, found] of engines) {
    console.log(found ? lineOf(found) : `${name} ${pins[name].version} missing`);
  }
  return [...engines.values()].includes(undefined) ? 1 : 0;
}

function lineOf({ name, version, path, origin }: FoundEngine): string {
  return `${name} ${version} ${path} from ${origin}`;
}
