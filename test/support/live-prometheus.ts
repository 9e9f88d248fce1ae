/** A real Prometheus under test: its configuration, and what it knows. */
import type { Server } from "./engine-server.ts";
import { PATIENCE_MS } from "./live-wait.ts";

export type Labels = Readonly<Record<string, string>>;

export interface Target {
  readonly address: string;
  readonly path: string;
  /** Default: the address. */
  readonly instance?: string;
}

export interface PrometheusSetup {
  /** Of scrapes and of rule groups that name none. */
  readonly intervalSeconds: number;
  readonly timeoutSeconds?: number;
  /** Targets by job; a file's name means: discovered from this file, which may change. */
  readonly jobs: Readonly<Record<string, readonly Target[] | string>>;
  /** Address of the Alertmanager, where there is one. */
  readonly alertmanager?: string;
  /** Rule files, as a pattern relative to the configuration. Default: every `*.rules.yaml` of its folder. */
  readonly rules?: string;
  /** Where samples are written to as well. */
  readonly remoteWrite?: object;
  /** One of several that see the same targets: its alerts say nothing of it, so that Alertmanager takes them for one. */
  readonly replica?: string;
}

/** The configuration. */
export function prometheusConfig(setup: PrometheusSetup): string {
  const { intervalSeconds, timeoutSeconds = intervalSeconds, jobs, alertmanager, rules = "*.rules.yaml" } = setup;
  const interval = `${intervalSeconds}s`;
  const config = {
    global: {
      scrape_interval: interval,
      evaluation_interval: interval,
      scrape_timeout: `${timeoutSeconds}s`,
      ...(setup.replica === undefined ? {} : { external_labels: { replica: setup.replica } }),
    },
    rule_files: [rules],
    scrape_configs: Object.entries(jobs).map(([name, targets]) => ({ job_name: name, ...discovery(targets) })),
    ...(setup.remoteWrite ? { remote_write: [setup.remoteWrite] } : {}),
    ...(alertmanager ? { alerting: alertingOf(setup, alertmanager) } : {}),
  };
  // JSON is YAML.
  return JSON.stringify(config, null, 2);
}

function alertingOf({ replica }: PrometheusSetup, alertmanager: string): object {
  const alertmanagers = [{ static_configs: [{ targets: [alertmanager] }] }];
  if (replica === undefined) return { alertmanagers };
  return { alertmanagers, alert_relabel_configs: [{ action: "labeldrop", regex: "replica" }] };
}

function discovery(targets: readonly Target[] | string): object {
  if (typeof targets === "string") return { file_sd_configs: [{ files: [targets], refresh_interval: "1s" }] };
  return { static_configs: targetGroups(targets) };
}

/** As a file of discovered targets holds them. */
export function targetGroups(targets: readonly Target[]): object[] {
  return targets.map(({ address, path, instance }) => ({
    targets: [address],
    labels: { __metrics_path__: path, ...(instance === undefined ? {} : { instance }) },
  }));
}

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** An instant query's vector. */
export async function query(prometheus: Server, expr: string): Promise<Sample[]> {
  const { result } = await api<QueryData>(prometheus, `query?query=${encodeURIComponent(expr)}`);
  return result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}

interface QueryData {
  readonly result: readonly { readonly metric: Labels; readonly value: readonly [number, string] }[];
}

/** Labels of the alerts that fire. */
export async function firingAlerts(prometheus: Server): Promise<Labels[]> {
  const { alerts } = await api<{ readonly alerts: readonly { readonly state: string; readonly labels: Labels }[] }>(
    prometheus,
    "alerts",
  );
  return alerts.filter(({ state }) => state === "firing").map(({ labels }) => labels);
}

export interface LoadedRule {
  readonly name: string;
  /** `ok`, `err`, or `unknown` before the first evaluation. */
  readonly health: string;
  readonly lastError?: string;
  readonly group: string;
}

/** Every rule that is loaded, with its health. */
export async function loadedRules(prometheus: Server): Promise<LoadedRule[]> {
  type Groups = {
    readonly groups: readonly { readonly name: string; readonly rules: readonly Omit<LoadedRule, "group">[] }[];
  };
  const { groups } = await api<Groups>(prometheus, "rules");
  return groups.flatMap(({ name, rules }) => rules.map((rule) => ({ ...rule, group: name })));
}

/** Prometheus' own metrics with this name, as it exposes them now: value by labels. */
export async function ownMetric(prometheus: Server, name: string): Promise<Readonly<Record<string, number>>> {
  const text = await (await fetch(`${prometheus.url}/metrics`)).text();
  const lines = text.split("\n").filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return Object.fromEntries(
    lines.map((line) => [line.slice(name.length, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

async function api<T>(prometheus: Server, path: string): Promise<T> {
  const response = await fetch(`${prometheus.url}/api/v1/${path}`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  const body = (await response.json()) as { readonly status: string; readonly data: T; readonly error?: string };
  if (body.status !== "success") throw new Error(`Prometheus answered ${path}: ${body.error}`);
  return body.data;
}
