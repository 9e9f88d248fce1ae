/** What is deployed: our stack, and beside it the same objects bare, below which no program can come. */
import { Provider } from "@pulumi/kubernetes";
import { CustomResource } from "@pulumi/kubernetes/apiextensions/customResource.js";
import { ConfigMap } from "@pulumi/kubernetes/core/v1/configMap.js";
import { build } from "../../src/build.ts";
import type { Manifest } from "../../src/emit/kubernetes/manifest.ts";
import { readTemplates } from "../../src/io/read-templates.ts";
import { SloStack } from "../../src/pulumi/index.ts";
import { platform } from "../../test/pulumi/declarations.ts";
import { manyServices, target } from "./declarations.ts";

/** A program of one stack, and how to change one objective in it. */
export interface Program {
  readonly name: string;
  run(): Promise<void>;
  change(): void;
}

export function firebreak(services: number): Program {
  let objective = 99.9;
  return {
    name: "firebreak",
    run: async () => void new SloStack("slos", { services: manyServices(services, objective), platform, target }),
    change: () => {
      objective = 99.95;
    },
  };
}

/** The objects are made before any operation begins: making them is no part of the floor. */
export function bare(services: number): Program {
  let manifests = manifestsOf(services, 99.9);
  return {
    name: "bare objects",
    run: async () => register(manifests),
    change: () => {
      manifests = manifestsOf(services, 99.95);
    },
  };
}

function manifestsOf(services: number, objective: number): Manifest[] {
  const declared = { services: manyServices(services, objective), platform: { ...platform, kubernetes: target } };
  const { artifacts } = build({ ...declared, templates: readTemplates(), targets: ["kubernetes"] });
  return artifacts.map(({ value }) => value as Manifest);
}

function register(manifests: readonly Manifest[]): void {
  const settings = { enableServerSideApply: false, enableConfigMapMutable: true, enableSecretMutable: true };
  const opts = { provider: new Provider("cluster", settings) };
  for (const manifest of manifests) {
    const name = `${manifest.kind}-${manifest.metadata.name}`;
    if (manifest.kind === "ConfigMap") new ConfigMap(name, manifest as object, opts);
    else new CustomResource(name, manifest, opts);
  }
}
