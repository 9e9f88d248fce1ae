/** What comes with this package: its own manifest, and the files of a deployment. */
import { existsSync, readFileSync } from "node:fs";
import { PACKAGE_ROOT } from "../package-root.ts";

export interface OwnManifest {
  readonly name: string;
  readonly version: string;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** This package's own package.json. */
export function ownManifest(): OwnManifest {
  return JSON.parse(readFileSync(new URL("package.json", PACKAGE_ROOT), "utf8")) as OwnManifest;
}

const DEPLOYMENT = ["program.ts", "recover.ts", "Pulumi.yaml", "Pulumi.dev.yaml", "Pulumi.cluster.example.yaml"];

/** Texts by name. In the package they have a folder of their own; a stack's salt is nobody else's. */
export function deploymentTexts(): Record<string, string> {
  const packed = new URL("deploy/", PACKAGE_ROOT);
  const folder = existsSync(packed) ? packed : PACKAGE_ROOT;
  const read = (name: string): string =>
    readFileSync(new URL(name, folder), "utf8").replace(/^encryptionsalt:.*\n/m, "");
  return Object.fromEntries(DEPLOYMENT.map((name) => [name, read(name)]));
}
