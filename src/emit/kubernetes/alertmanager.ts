/**
 * Routes and receivers: an AlertmanagerConfig beside what is there, the Secret that is the whole configuration,
 * or a ConfigMap that an Alertmanager without operator mounts.
 */
import type { KubernetesTarget } from "../../model/kubernetes-target.ts";
import type { Matcher } from "../../promql/ast.ts";
import type { AlertmanagerConfig } from "../alertmanager/config.ts";
import { type Artifact, render } from "../artifact.ts";
import { alertmanagerConfigSpecs } from "./alertmanager-config.ts";
import { configMap, type Manifest, metadata, type Placed } from "./manifest.ts";

/** The configuration, its file, and the template that it loads. */
export interface AlertmanagerFiles {
  readonly values: AlertmanagerConfig<Matcher>;
  readonly config: Artifact;
  readonly template: Artifact;
}

export function alertmanagerObjects(files: AlertmanagerFiles, target: KubernetesTarget): Placed[] {
  switch (target.alertmanager.as) {
    case "config":
      return alertmanagerConfigs(files, target);
    case "secret":
      return [{ name: "alertmanager", manifest: configSecret(files, target) }];
    case "configMap":
      return [{ name: "alertmanager", manifest: mountedConfig(files, target) }];
    case "none":
      return [];
  }
}

/** The Secret that receivers name: its keys are the secrets' names. */
export function secretName(target: KubernetesTarget): string {
  return `${target.prefix}-receivers`;
}

const USUAL_DIRECTORY = "/etc/alertmanager/secrets";

/** The operator mounts each Secret in a folder of its own, unless the platform names another place. */
export function secretsDirectory(declared: string, target: KubernetesTarget): string {
  if (target.alertmanager.as !== "secret" || declared !== USUAL_DIRECTORY) return declared;
  return `${USUAL_DIRECTORY}/${secretName(target)}`;
}

function alertmanagerConfigs({ values }: AlertmanagerFiles, target: KubernetesTarget): Placed[] {
  const specs = alertmanagerConfigSpecs(values, secretName(target));
  return specs.map(({ name, spec }) => ({
    name,
    manifest: {
      apiVersion: "monitoring.coreos.com/v1alpha1",
      kind: "AlertmanagerConfig",
      metadata: metadata(target, { name: `.${name}`, labels: target.alertmanager.selectorLabels }),
      spec,
    },
  }));
}

/** No value of a secret is in it: receivers read theirs from files. It is a Secret because the operator wants one. */
function configSecret({ config, template }: AlertmanagerFiles, target: KubernetesTarget): Manifest {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { ...metadata(target, { name: "" }), name: target.alertmanager.name },
    type: "Opaque",
    stringData: { "alertmanager.yaml": render(withTemplates(config)), "firebreak.tmpl": render(template) },
  };
}

/** The operator moves the configuration to another folder than its templates, so the path is whole. */
const TEMPLATES = "/etc/alertmanager/config/firebreak.tmpl";

function withTemplates(config: Artifact): Artifact {
  return config.format === "yaml"
    ? { ...config, value: { ...(config.value as object), templates: [TEMPLATES] } }
    : config;
}

function mountedConfig({ config, template }: AlertmanagerFiles, target: KubernetesTarget): Manifest {
  const data = { "alertmanager.yaml": render(config), "firebreak.tmpl": render(template) };
  return configMap(metadata(target, { name: ".alertmanager" }), data);
}
