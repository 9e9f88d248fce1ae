/** The oldest Node that `engines` allows, from the npm registry, in the cache of engines. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { enginesFolder } from "../../tools/engines/find-engine.ts";

const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  engines: { node: string };
};

/** `>=22.18` is 22.18.0. */
export const OLDEST_NODE = `${manifest.engines.node.replace(">=", "")}.0`;

/**
 * Path of its program, fetched once.
 *
 * @throws {Error} that names why it is not here, for a skip.
 */
export function oldestNode(): string {
  const folder = join(enginesFolder(), `node-${OLDEST_NODE}`);
  const name = `node-${process.platform}-${process.arch}`;
  const path = join(folder, "node_modules", name, "bin/node");
  if (!existsSync(path)) fetchNode(`${name}@${OLDEST_NODE}`, folder);
  return path;
}

let failed = false;

function fetchNode(spec: string, folder: string): void {
  const reason = `${spec} is not in the cache, and npm could not fetch it`;
  if (failed) throw new Error(reason);
  mkdirSync(folder, { recursive: true });
  try {
    execFileSync(
      "npm",
      ["install", "--no-save", "--ignore-scripts", "--prefer-offline", "--fetch-retries=0", "--prefix", folder, spec],
      { stdio: "ignore", timeout: 60_000 },
    );
  } catch (error) {
    failed = true;
    throw new Error(reason, { cause: error });
  }
}
