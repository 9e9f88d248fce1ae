/** What a folder says of the project in it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface ProjectFolder {
  /** Whether there is a Pulumi program. */
  readonly hasProgram: boolean;
  /** Whether there is anything that a package.json may be about: a program, a script, a folder of sources. */
  readonly hasCode: boolean;
  /** Whether its package.json, or its absence, makes ES modules of its files. */
  readonly isModule: boolean;
  /** Whether its package.json says that they are none, as `npm init` writes it. */
  readonly isCommonJs: boolean;
  /** Whether firebreak can be imported from it. */
  readonly hasFirebreak: boolean;
}

export function lookAtFolder(directory: string): ProjectFolder {
  const manifest = manifestIn(directory);
  const names = readdirSync(directory);
  return {
    hasProgram: names.some((name) => PROGRAM.test(name)),
    hasCode: names.some((name) => PROGRAM.test(name) || SOURCE.test(name)),
    isModule: manifest === undefined || manifest.type === "module",
    isCommonJs: manifest?.type === "commonjs",
    hasFirebreak: existsSync(join(directory, "node_modules/firebreak/package.json")),
  };
}

const PROGRAM = /^Pulumi\.(yaml|yml|json)$/;

const SOURCE = /^(src|lib|test|app|bin)$|\.[cm]?[jt]sx?$/;

/** Undefined where there is none, or none that can be read. */
function manifestIn(directory: string): { readonly type?: unknown } | undefined {
  try {
    return JSON.parse(readFileSync(join(directory, "package.json"), "utf8")) as { readonly type?: unknown };
  } catch {
    return undefined;
  }
}
