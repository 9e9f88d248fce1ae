/**
 * What `helm install` of kube-prometheus-stack puts into a cluster, as far as rules, routes and dashboards are concerned: its
 * Prometheus, its Alertmanager, and the Secret with the routes. Held against version 88.5.3 of
 * prometheus-community/helm-charts, charts/kube-prometheus-stack: values.yaml, templates/prometheus/prometheus.yaml,
 * templates/alertmanager/alertmanager.yaml and templates/alertmanager/secret.yaml.
 */
import { stringify } from "yaml";
import type { Client } from "./client.ts";
import { pathOf } from "./snapshot.ts";

/** Values that a person writes; what is missing has the chart's default. */
export interface ChartValues {
  readonly prometheus?: { readonly prometheusSpec?: Partial<PrometheusValues> };
  readonly alertmanager?: { readonly config?: object; readonly alertmanagerSpec?: AlertmanagerValues };
}

interface PrometheusValues {
  readonly retention: string;
  readonly ruleSelector: object;
  readonly ruleSelectorNilUsesHelmValues: boolean;
}

interface AlertmanagerValues {
  readonly useExistingSecret?: boolean;
  readonly configSecret?: string;
  readonly secrets?: readonly string[];
  readonly alertmanagerConfigSelector?: object;
  readonly alertmanagerConfigMatcherStrategy?: object;
}

export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly values: ChartValues;
}

/** The chart's names for what it makes: the operator begins all of its own with them. */
export function namesOf({ name }: Release) {
  const full = name.includes("kube-prometheus-stack") ? name : `${name}-kube-prometheus-stack`;
  const short = full.slice(0, 26).replace(/-$/, "");
  return { prometheus: `${short}-prometheus`, alertmanager: `${short}-alertmanager` };
}

export async function install(client: Client, release: Release): Promise<void> {
  const { namespace, values } = release;
  const names = namesOf(release);
  const base = `/apis/monitoring.coreos.com/v1/namespaces/${namespace}`;
  await client.apply(`${base}/prometheuses/${names.prometheus}`, prometheus(release));
  await client.apply(`${base}/alertmanagers/${names.alertmanager}`, alertmanager(release));
  if (values.alertmanager?.alertmanagerSpec?.useExistingSecret) return;
  const secret = `alertmanager-${names.alertmanager}`;
  await client.apply(pathOf("Secret", namespace, secret), routes(secret, release));
}

function prometheus(release: Release): object {
  const { retention = "10d", ...declared } = release.values.prometheus?.prometheusSpec ?? {};
  const ofRelease = { matchLabels: { release: release.name } };
  const byDefault = declared.ruleSelectorNilUsesHelmValues === false ? {} : ofRelease;
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "Prometheus",
    metadata: { name: namesOf(release).prometheus, namespace: release.namespace },
    spec: {
      retention,
      ruleSelector: declared.ruleSelector ?? byDefault,
      ruleNamespaceSelector: {},
      serviceMonitorSelector: ofRelease,
      serviceMonitorNamespaceSelector: {},
      probeSelector: ofRelease,
      probeNamespaceSelector: {},
    },
  };
}

function alertmanager(release: Release): object {
  const { useExistingSecret: _whose, ...declared } = release.values.alertmanager?.alertmanagerSpec ?? {};
  return {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "Alertmanager",
    metadata: { name: namesOf(release).alertmanager, namespace: release.namespace },
    spec: {
      replicas: 1,
      retention: "120h",
      alertmanagerConfigSelector: {},
      alertmanagerConfigNamespaceSelector: {},
      ...declared,
    },
  };
}

function routes(name: string, { values, namespace }: Release): object {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: { name, namespace },
    stringData: { "alertmanager.yaml": helmYaml({ ...CONFIG, ...values.alertmanager?.config }) },
  };
}

/** Helm does not indent the items of a list. */
function helmYaml(value: object): string {
  return stringify(value, { indentSeq: false });
}

/** `alertmanager.config` of the chart's values. */
const CONFIG = {
  global: { resolve_timeout: "5m" },
  inhibit_rules: [
    {
      source_matchers: ["severity = critical"],
      target_matchers: ["severity =~ warning|info"],
      equal: ["namespace", "alertname"],
    },
    {
      source_matchers: ["severity = warning"],
      target_matchers: ["severity = info"],
      equal: ["namespace", "alertname"],
    },
    { source_matchers: ["alertname = InfoInhibitor"], target_matchers: ["severity = info"], equal: ["namespace"] },
    { target_matchers: ["alertname = InfoInhibitor"] },
  ],
  route: {
    group_by: ["namespace"],
    group_wait: "30s",
    group_interval: "5m",
    repeat_interval: "12h",
    receiver: "null",
    routes: [{ receiver: "null", matchers: ['alertname = "Watchdog"'] }],
  },
  receivers: [{ name: "null" }],
  templates: ["/etc/alertmanager/config/*.tmpl"],
};
