/** What goes where: the objects of a cluster, in words. */
import type { Emitted } from "../artifact.ts";
import type { Manifest } from "./manifest.ts";

/** An object, and what it holds. */
export interface Deployed {
  readonly kind: string;
  readonly name: string;
  /** Nothing for a namespace. */
  readonly namespace?: string;
  /** Nothing for what belongs to all services. */
  readonly service?: string;
}

/** The objects among these artifacts, sorted by kind and name. */
export function deployed(artifacts: readonly Emitted[]): Deployed[] {
  return artifacts
    .filter(({ kind }) => kind === "object")
    .map(({ service, value }) => describe(value as Manifest, service))
    .sort((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1));
}

function describe({ kind, metadata: { name, namespace } }: Manifest, service: string | undefined): Deployed {
  return {
    kind,
    name,
    ...(namespace === undefined ? {} : { namespace }),
    ...(service === undefined ? {} : { service }),
  };
}
