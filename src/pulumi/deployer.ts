/** A deployer turns artifacts into resources: one implementation for directories, one for clusters. */
import type * as pulumi from "@pulumi/pulumi";
import type { Artifact, Emitted } from "../emit/artifact.ts";

export interface Deployer {
  /** Deploys what belongs to all services; the services then come after it. */
  readonly common: (artifacts: readonly Emitted[]) => ServiceOptions;
  /** Registers one artifact. */
  readonly deploy: (name: string, artifact: Artifact, opts: pulumi.CustomResourceOptions) => pulumi.Resource;
  /** The artifact as it can be found where it was deployed. */
  readonly describe: (artifact: Artifact) => string;
  /** What is deployed beside the artifacts, described likewise. */
  readonly added: readonly string[];
}

/** What every service is registered with. */
export type ServiceOptions = Pick<pulumi.ComponentResourceOptions, "dependsOn" | "providers">;

/** The stack that the resources are in. */
export interface Parent {
  readonly name: string;
  readonly stack: pulumi.ComponentResource;
}
