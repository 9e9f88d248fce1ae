/** Limits that are being spent, for the live test: real rules on what a test says is spent, Alertmanager, and somebody to be reported. */
import { parse, stringify } from "yaml";
import type { PlatformDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import type { AlertmanagerConfig, Route } from "../../src/emit/alertmanager/config.ts";
import { ruleFilePath } from "../../src/emit/prometheus.ts";
import type { Server } from "./engine-server.ts";
import { startAlertmanager, startPrometheus } from "./engines.ts";
import { buildFiles, makeWorkspace, writeFiles } from "./live-build.ts";
import { startMetrics } from "./live-metrics.ts";
import { prometheusConfig } from "./live-prometheus.ts";
import { startWebhookSink, type WebhookSink } from "./live-webhook.ts";

export interface SpendingWorld {
  readonly sink: WebhookSink;
  readonly prometheus: Server;
  readonly alertmanager: Server;
  /** Share of each limit that is spent, by model; `all` is the limit over everything. */
  spend(shares: Readonly<Record<string, number>>): void;
  stop(): Promise<void>;
}

/** Of the test's configuration: generated are a minute and five. */
export const GROUP_WAIT_SECONDS = 4;
export const GROUP_INTERVAL_SECONDS = 2;

export async function startSpending(): Promise<SpendingWorld> {
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const each of stops.reverse()) await each();
  };
  try {
    return { ...(await startAll(stops)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(stops: (() => unknown)[]): Promise<Omit<SpendingWorld, "stop">> {
  const workspace = makeWorkspace("budgets");
  stops.push(workspace.remove);
  const sink = await startWebhookSink();
  stops.push(sink.stop);
  const spent = new Map<string, number>();
  const endpoint = await startMetrics({ "/spent": () => usedRatios(spent) });
  stops.push(endpoint.stop);

  const { files } = buildFiles([service], platform(sink));
  const rules = thresholdsOf(files[ruleFilePath("svc")] ?? "");
  const config = hurried(files["alertmanager/alertmanager.yaml"] ?? "");
  // The folders are the engines' own: each finds its files beside its configuration.
  const own = Object.entries(files).filter(([path]) => path.startsWith("alertmanager/"));
  writeFiles(workspace.dir, { ...Object.fromEntries(own), "prometheus/alerts.rules.yaml": rules });
  const alertmanager = await startAlertmanager({ config, dir: `${workspace.dir}/alertmanager` });
  stops.push(alertmanager.stop);
  const jobs = { spent: [{ address: endpoint.address, path: "/spent" }] };
  const prometheus = await startPrometheus({
    config: prometheusConfig({ intervalSeconds: 1, jobs, alertmanager: new URL(alertmanager.url).host }),
    dir: `${workspace.dir}/prometheus`,
  });
  stops.push(prometheus.stop);
  const spend = (shares: Readonly<Record<string, number>>) => {
    for (const [model, share] of Object.entries(shares)) spent.set(model, share);
  };
  return { sink, prometheus, alertmanager, spend };
}

/** What the rules before the alerts would have recorded. */
function usedRatios(spent: ReadonlyMap<string, number>): string {
  const lines = [...spent].map(([model, share]) => {
    const value = model === "all" ? "" : `,model="${model}"`;
    return `budget:used_ratio{slo_service="svc",budget="daily"${value}} ${share}`;
  });
  return `${lines.join("\n")}\n`;
}

interface RuleFile {
  readonly groups: readonly { readonly name: string; readonly rules: readonly AlertText[] }[];
}

interface AlertText {
  readonly alert?: string;
  readonly keep_firing_for?: string;
}

/** The alerts on thresholds as generated; evaluated every second, not every four minutes, and over as soon as they are. */
function thresholdsOf(text: string): string {
  const { groups } = parse(text) as RuleFile;
  const alerts = groups.flatMap(({ rules }) => rules.filter(({ alert }) => alert?.startsWith("BudgetSpent")));
  if (alerts.length !== 3) throw new Error(`there are ${alerts.length} thresholds`);
  const rules = alerts.map(({ keep_firing_for: _held, ...alert }) => alert);
  return stringify({ groups: [{ name: "thresholds", interval: "1s", rules }] });
}

/** Budgets' routes with other times. Receivers, matchers, grouping and inhibition are as generated. */
function hurried(text: string): string {
  const config = parse(text) as AlertmanagerConfig;
  const isMeant = ({ matchers }: Route) => matchers?.some((matcher) => matcher.startsWith("budget")) ?? false;
  const timing = { group_wait: `${GROUP_WAIT_SECONDS}s`, group_interval: `${GROUP_INTERVAL_SECONDS}s` };
  const routes = config.route.routes?.map((route) => (isMeant(route) ? { ...route, ...timing } : route)) ?? [];
  if (routes.filter(isMeant).length !== 3) throw new Error("budgets have other routes than this test knows");
  return stringify({ ...config, route: { ...config.route, routes } });
}

function platform(sink: WebhookSink): PlatformDeclaration {
  const at = (path: string) => ({ webhook: { url: `${sink.url}/${path}` } });
  return { retention: "40d", receivers: { default: { page: at("page"), ticket: at("ticket"), info: at("info") } } };
}

const dollars = (amount: number) => ({ amount, unit: "dollars" });

const service: ServiceDeclaration = {
  name: "svc",
  owner: "ml",
  runbooks: "https://runbooks.example.com",
  budgets: [
    {
      kind: "spend",
      name: "daily",
      metric: "cost_dollars_total",
      per: "day",
      by: ["model"],
      limit: dollars(500),
      limitEach: dollars(100),
    },
  ],
};
