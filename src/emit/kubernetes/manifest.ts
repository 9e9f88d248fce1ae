/** Kubernetes objects as values, and what all of ours have in common. */
import type { KubernetesTarget } from "../../model/kubernetes-target.ts";

export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [field: string]: unknown;
}

export interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An object, and what its file is called. */
export interface Placed {
  /** The service that it belongs to; none where it belongs to all of them. */
  readonly service?: string;
  readonly name: string;
  readonly manifest: Manifest;
}

/** On everything that firebreak makes, so that `kubectl get all -l` finds it. */
const MANAGED = { "app.kubernetes.io/part-of": "firebreak" };

interface Identity {
  /** What follows the prefix: `.dashboard`, or `-checkout.rules`. No id has a dot, so no two names are the same. */
  readonly name: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** Metadata of an object in the target's namespace. */
export function metadata(target: KubernetesTarget, { name, labels, annotations }: Identity): Metadata {
  return {
    name: `${target.prefix}${name}`,
    namespace: target.namespace,
    labels: { ...MANAGED, ...labels },
    ...(annotations === undefined ? {} : { annotations }),
  };
}

/** A ConfigMap of texts. */
export function configMap(meta: Metadata, data: Readonly<Record<string, string>>): Manifest {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: meta, data };
}

/** The namespace itself, where it is ours. */
export function namespace(target: KubernetesTarget): Placed[] {
  if (!target.createNamespace) return [];
  const manifest = { apiVersion: "v1", kind: "Namespace", metadata: { name: target.namespace, labels: MANAGED } };
  return [{ name: "namespace", manifest }];
}
