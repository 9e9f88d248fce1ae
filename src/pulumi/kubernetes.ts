/** The cluster targets: one resource for each object, with the values of `generated/kubernetes/`. */
import { createRequire } from "node:module";
import * as pulumi from "@pulumi/pulumi";
import type { Plan } from "../compile/plan.ts";
import type { Emitted } from "../emit/artifact.ts";
import type { Manifest, Metadata } from "../emit/kubernetes/manifest.ts";
import type { KubernetesTarget } from "../model/kubernetes-target.ts";
import type { SloStackArgs } from "./args.ts";
import type { Deployer, Parent } from "./deployer.ts";
import { STACK, stackName } from "./owners.ts";
import { partName } from "./part-name.ts";
import { base64, secretOf } from "./secrets/receivers-secret.ts";

type Kubernetes = Pick<typeof import("@pulumi/kubernetes"), "Provider"> & {
  readonly ConfigMap: typeof import("@pulumi/kubernetes/core/v1/configMap.js").ConfigMap;
  readonly Secret: typeof import("@pulumi/kubernetes/core/v1/secret.js").Secret;
  readonly Namespace: typeof import("@pulumi/kubernetes/core/v1/namespace.js").Namespace;
  readonly CustomResource: typeof import("@pulumi/kubernetes/apiextensions/customResource.js").CustomResource;
};

export function kubernetesDeployer(plan: Plan, secrets: SloStackArgs["secrets"], parent: Parent): Deployer {
  const kubernetes = loadKubernetes();
  const target = plan.platform.kubernetes as KubernetesTarget;
  const { name, stack } = parent;
  const provider = stack.getProvider("kubernetes:core/v1:ConfigMap") ?? makeProvider(kubernetes, parent);
  const deploy: Deployer["deploy"] = (resourceName, artifact, opts) =>
    register(kubernetes, resourceName, ownedBy(artifact.value as Manifest), { ...opts, provider });
  const filled = secrets === undefined ? [] : [ownedBy(secretOf(secrets, target))];
  return {
    common: (artifacts) => {
      const owned = artifacts.filter(isNamespace);
      const dependsOn = owned.map((artifact) => deploy(`${name}/namespace`, artifact, { parent: stack }));
      // Routes are there before the first alert, and go after the last one.
      const first = artifacts
        .filter((artifact) => !isNamespace(artifact))
        .map((artifact) => deploy(`${name}/${partName(artifact)}`, artifact, { parent: stack, dependsOn }));
      const secret = filled.map(
        (manifest) => new kubernetes.Secret(`${name}/receivers`, manifest, { parent: stack, provider, dependsOn }),
      );
      return { providers: [provider], dependsOn: [...dependsOn, ...first, ...secret] };
    },
    deploy,
    describe: ({ value }) => describeManifest(value as Manifest),
    added: filled.map(({ metadata }) => describeManifest({ kind: "Secret", metadata })),
  };
}

function ownedBy<Owned extends { readonly metadata: object }>(manifest: Owned): Owned {
  const { annotations } = manifest.metadata as Metadata;
  return { ...manifest, metadata: { ...manifest.metadata, annotations: { ...annotations, [STACK]: stackName() } } };
}

/** Only here, so that directories need no package for clusters. */
function loadKubernetes(): Kubernetes {
  const require = createRequire(import.meta.url);
  try {
    return {
      Provider: require("@pulumi/kubernetes/provider").Provider,
      ConfigMap: require("@pulumi/kubernetes/core/v1/configMap").ConfigMap,
      Secret: require("@pulumi/kubernetes/core/v1/secret").Secret,
      Namespace: require("@pulumi/kubernetes/core/v1/namespace").Namespace,
      CustomResource: require("@pulumi/kubernetes/apiextensions/customResource").CustomResource,
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    throw new pulumi.RunError("A cluster target needs the package @pulumi/kubernetes: npm install @pulumi/kubernetes");
  }
}

/**
 * Server-side apply would merge into an object that somebody else made, silently where no field is the other's, and would
 * give up on a field that was edited by hand. Without it the provider creates with POST, which refuses, and overwrites
 * edits. Mutable, because else a changed ConfigMap or Secret is deleted and made anew: dashboards would vanish for a moment.
 */
function makeProvider({ Provider }: Kubernetes, { name, stack }: Parent): pulumi.ProviderResource {
  const config = new pulumi.Config("kubernetes");
  const [kubeconfig, context] = [config.getSecret("kubeconfig"), config.get("context")];
  return new Provider(
    `${name}/kubernetes`,
    {
      enableServerSideApply: false,
      enableConfigMapMutable: true,
      enableSecretMutable: true,
      ...(kubeconfig === undefined ? {} : { kubeconfig }),
      ...(context === undefined ? {} : { context }),
    },
    { parent: stack },
  );
}

function register(
  { ConfigMap, Secret, Namespace, CustomResource }: Kubernetes,
  name: string,
  { kind, ...manifest }: Manifest,
  opts: pulumi.CustomResourceOptions,
): pulumi.Resource {
  switch (kind) {
    case "ConfigMap":
      return new ConfigMap(name, manifest as object, opts);
    case "Secret":
      return new Secret(name, withData(manifest), opts);
    case "Namespace":
      return new Namespace(name, manifest as object, opts);
    default:
      return new CustomResource(name, { kind, ...manifest }, opts);
  }
}

/** `stringData` is for people: the API server never gives it back, so that drift in it would not be seen. */
function withData({ stringData, ...manifest }: Omit<Manifest, "kind">): object {
  const texts = Object.entries((stringData ?? {}) as Readonly<Record<string, string>>);
  return { ...manifest, data: Object.fromEntries(texts.map(([key, text]) => [key, base64(text)])) };
}

function isNamespace({ value }: Emitted): boolean {
  return (value as Manifest).kind === "Namespace";
}

/** Kind, namespace and name. */
export function describeManifest({ kind, metadata }: Pick<Manifest, "kind" | "metadata">): string {
  return metadata.namespace === undefined
    ? `${kind} ${metadata.name}`
    : `${kind} ${metadata.namespace}/${metadata.name}`;
}
