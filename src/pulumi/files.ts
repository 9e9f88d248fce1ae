/** The `files` target: one resource for each file of the output. */
import { resolve } from "node:path";
import { render } from "../emit/artifact.ts";
import type { FilesTarget } from "./args.ts";
import type { Deployer, Parent } from "./deployer.ts";
import { OwnedFile } from "./owned-file.ts";
import { partName } from "./part-name.ts";

export function filesDeployer({ dir }: FilesTarget, { name, stack }: Parent): Deployer {
  // Whole, because the engine may work from another directory than the program.
  const directory = resolve(dir);
  const deploy: Deployer["deploy"] = (resourceName, artifact, opts) =>
    new OwnedFile(resourceName, { directory, path: artifact.path, content: render(artifact) }, opts);
  return {
    common: (artifacts) => {
      for (const artifact of artifacts) deploy(`${name}/${partName(artifact)}`, artifact, { parent: stack });
      return {};
    },
    deploy,
    describe: ({ path }) => path,
  };
}
