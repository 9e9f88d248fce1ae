/** The `files` target: one resource for each file of the output. */
import { resolve } from "node:path";
import { type Artifact, render } from "../emit/artifact.ts";
import type { FilesTarget } from "./args.ts";
import type { Deployer, Parent } from "./deployer.ts";
import { OWNER, OwnedFile } from "./owned-file.ts";
import { stackName } from "./owners.ts";
import { partName } from "./part-name.ts";

export function filesDeployer({ dir }: FilesTarget, { name, stack }: Parent): Deployer {
  // Whole, because the engine may work from another directory than the program.
  const directory = resolve(dir);
  const deploy: Deployer["deploy"] = (resourceName, artifact, opts) =>
    new OwnedFile(resourceName, { directory, path: artifact.path, content: render(artifact) }, opts);
  return {
    common: (artifacts) => {
      // First, so that a directory of another stack is refused before anything is written into it.
      const dependsOn = [deploy(`${name}/stack`, ownerOf(stackName()), { parent: stack })];
      for (const artifact of artifacts) deploy(`${name}/${partName(artifact)}`, artifact, { parent: stack, dependsOn });
      return { dependsOn };
    },
    deploy,
    describe: ({ path }) => path,
    added: [],
  };
}

/** Says whose directory it is. */
function ownerOf(stack: string): Artifact {
  return {
    path: OWNER,
    format: "text",
    value: `# Made by firebreak for a stack that has this directory alone.\n${stack}\n`,
  };
}
