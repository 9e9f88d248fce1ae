/** What the policies look at: alerts and texts, wherever a target puts them. */
import type { ResourceValidationArgs } from "@pulumi/policy";
import { parse } from "yaml";

export const RULE = "kubernetes:monitoring.coreos.com/v1:PrometheusRule";
export const ROUTES = "kubernetes:monitoring.coreos.com/v1alpha1:AlertmanagerConfig";
export const CONFIG_MAP = "kubernetes:core/v1:ConfigMap";
export const FILE = "pulumi-nodejs:dynamic/firebreak:File";
export const SERVICE = "firebreak:index:Service";

export type Resource = Pick<ResourceValidationArgs, "type" | "props">;

export interface Alert {
  readonly alert: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

interface Group {
  readonly rules: readonly Partial<Alert>[];
}

/** Every alert of a resource. */
export function alertsOf(resource: Resource): Alert[] {
  return groupsOf(resource)
    .flatMap(({ rules }) => rules)
    .flatMap(({ alert, labels = {}, annotations = {} }) =>
      alert === undefined ? [] : [{ alert, labels, annotations }],
    );
}

function groupsOf({ type, props }: Resource): readonly Group[] {
  if (type === RULE) return props.spec?.groups ?? [];
  return textsOf({ type, props })
    .filter(([name]) => name.endsWith(".rules.yaml"))
    .flatMap(([, text]) => (parse(text) as { readonly groups?: readonly Group[] }).groups ?? []);
}

/** Texts that a resource holds in clear, by name. */
export function textsOf({ type, props }: Resource): [string, string][] {
  switch (type) {
    case CONFIG_MAP:
      return Object.entries(props.data ?? {});
    case FILE:
      return [[props.path, props.content]];
    default:
      return [];
  }
}
