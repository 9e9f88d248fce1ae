/** The Pulumi engine of this machine, and what it needs to find beside itself. */
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { findEngine } from "../engines/find-engine.ts";

interface PulumiEnvironment extends Record<string, string> {
  readonly PATH: string;
  readonly PULUMI_BACKEND_URL: string;
}

/** There is no Pulumi; the message says how to get it. */
export class MissingEngine extends Error {}

/**
 * Environment in which the engine works, also without an account and offline.
 *
 * @param folder - Where its state is, unless PULUMI_BACKEND_URL says otherwise.
 * @throws {MissingEngine}
 */
export function pulumiEnvironment(folder: string): PulumiEnvironment {
  const engine = findEngine("pulumi");
  if (engine === undefined) throw new MissingEngine(MISSING);
  const provider = findEngine("pulumi-resource-kubernetes")?.path;
  const programs = [engine.path, ...(provider === undefined ? [] : [provider])].map((path) => dirname(path));
  return {
    PATH: [...programs, process.env.PATH ?? "", ownPrograms(folder)].join(delimiter),
    ...backend(folder),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    ...passphrase(),
  };
}

const MISSING = `The Pulumi engine is not on this machine. Either
  npm run engines -- pulumi     builds the pinned one into the cache (needs Go, some minutes, once), or
  install it: https://www.pulumi.com/docs/install/`;

/**
 * In our own folder the state is compressed: it holds every deployed text three times over, and is written whole after
 * each step. The engine reads it with and without.
 */
function backend(folder: string): { readonly PULUMI_BACKEND_URL: string; readonly [name: string]: string } {
  const { PULUMI_BACKEND_URL } = process.env;
  return PULUMI_BACKEND_URL === undefined
    ? { PULUMI_BACKEND_URL: `file://${folder}`, ...COMPRESSED }
    : { PULUMI_BACKEND_URL };
}

/** A state in a folder or a bucket is compressed. */
export const COMPRESSED = { PULUMI_DIY_BACKEND_GZIP: "true" } as const;

/** An empty passphrase encrypts nothing worth the name: it is for stacks without secrets. */
function passphrase(): Record<string, string> {
  const { PULUMI_CONFIG_PASSPHRASE, PULUMI_CONFIG_PASSPHRASE_FILE } = process.env;
  if (PULUMI_CONFIG_PASSPHRASE !== undefined || PULUMI_CONFIG_PASSPHRASE_FILE !== undefined) return {};
  return { PULUMI_CONFIG_PASSPHRASE: "" };
}

/**
 * A folder with the programs that run resources and policies written in TypeScript. Pulumi's releases bring the same; an
 * engine that was built from its module does not, and finds these last on PATH.
 */
function ownPrograms(folder: string): string {
  const programs = join(folder, ".pulumi", "programs");
  mkdirSync(programs, { recursive: true });
  for (const [name, module] of Object.entries(PROGRAMS)) {
    const script = join(programs, name);
    const path = createRequire(import.meta.url).resolve(`@pulumi/pulumi/cmd/${module}`);
    writeFileSync(script, `#!/bin/sh\nexec "${process.execPath}" "${path}" "$@"\n`);
    chmodSync(script, 0o755);
  }
  return programs;
}

const PROGRAMS = {
  "pulumi-resource-pulumi-nodejs": "dynamic-provider",
  "pulumi-analyzer-policy-nodejs": "run-policy-pack",
} as const;
