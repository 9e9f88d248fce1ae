/** What a folder says of the project in it. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface ProjectFolder {
  /** Whether there is a Pulumi program. */
  readonly hasProgram: boolean;
  /** Whether its package.json, or its absence, makes ES modules of its files. */
  readonly isModule: boolean;
  /** Whether firebreak can be imported from it. */
  readonly hasFirebreak: boolean;
}

export function lookAtFolder(directory: string): ProjectFolder {
  const manifest = manifestIn(directory);
  return {
    hasProgram: ["yaml", "yml", "json"].some((ending) => existsSync(join(directory, `Pulumi.${ending}`))),
    isModule: manifest === undefined || manifest.type === "module",
    hasFirebreak: existsSync(join(directory, "node_modules/firebreak/package.json")),
  };
}

/** Undefined where there is none, or none that can be read. */
function manifestIn(directory: string): { readonly type?: unknown } | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as { readonly type?: unknown };
  } catch {
    return undefined;
  }
}
