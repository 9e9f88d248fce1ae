/** What a stack is given. */
import type * as pulumi from "@pulumi/pulumi";
import type { KubernetesDeclaration, PlatformDeclaration, ServiceDeclaration } from "../declare/declaration.ts";

/** Files in a directory of this machine: no cluster, and no plugin to install. */
export interface FilesTarget {
  readonly kind: "files";
  /** The directory; a relative one is found from where the program runs. */
  readonly dir: string;
}

/** Where everything goes. */
export type SloStackTarget = KubernetesDeclaration | FilesTarget;

export interface SloStackArgs {
  /** Plain values: they decide which resources there are. */
  readonly services: readonly ServiceDeclaration[];
  readonly platform?: PlatformDeclaration;
  readonly target: SloStackTarget;
  /**
   * Values of the secrets that receivers name: they fill one Kubernetes Secret, `<prefix>-receivers`.
   * Leave it out where something else fills that.
   */
  readonly secrets?: Readonly<Record<string, pulumi.Input<string>>>;
}
