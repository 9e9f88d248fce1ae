/** What deploys with Pulumi: a program of its own, or a module for one that exists. */
import type { ProjectFile } from "./project-file.ts";

export type Deployment =
  /** The program and its files, as they come with the package. */
  | { readonly kind: "program"; readonly files: Readonly<Record<string, string>> }
  /** There is a program. `isModule`: its package.json says so, and imports have endings. */
  | { readonly kind: "part"; readonly isModule: boolean };

/** Its files; none of them may be there. */
export function deploymentFiles(deployment: Deployment, name: string): ProjectFile[] {
  if (deployment.kind === "part") return [{ path: "slos/deploy.ts", text: part(deployment.isModule) }];
  return Object.entries(deployment.files).map(([path, text]) => ({ path, text: named(path, text, name) }));
}

/** The project's name is the first word of each key of its stacks. */
function named(path: string, text: string, name: string): string {
  if (path === "Pulumi.yaml") return text.replace(/^name: .*$/m, `name: ${name}`);
  return path.startsWith("Pulumi.") ? text.replaceAll(/\bfirebreak:/g, `${name}:`) : text;
}

function part(isModule: boolean): string {
  return `/** Deploys what slos/ declares: import it in your program, \`import { slos } from "./slos/deploy${isModule ? ".ts" : ""}";\`. */
import { Config } from "@pulumi/pulumi";
import { SloStack, type SloStackTarget, secretsFrom } from "firebreak/pulumi";
import { platform, services } from "./index${isModule ? ".ts" : ""}";

// In Pulumi.<stack>.yaml: slos:target: { kind: files, dir: deployed }, or a cluster (docs/pulumi.md).
const config = new Config("slos");

/** What was deployed. */
export const slos = new SloStack("slos", {
  services,
  platform,
  target: config.requireObject<SloStackTarget>("target"),
  // Set them with \`pulumi config set --secret slos:<name>\`.
  ...secretsFrom(platform, (name) => config.getSecret(name)),
});
`;
}
