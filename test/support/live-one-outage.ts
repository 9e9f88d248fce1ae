/** A service and one that depends on it, with Prometheus, Alertmanager and somebody to be reported. */
import { events } from "../../src/declare/construct.ts";
import type { PlatformDeclaration, ServiceDeclaration, SloDeclaration } from "../../src/declare/declaration.ts";
import type { Server } from "./engine-server.ts";
import { startAlertmanager, startPrometheus } from "./engines.ts";
import { withTiming } from "./live-alertmanager.ts";
import { buildFiles, makeWorkspace, writeFiles } from "./live-build.ts";
import { healthyModel, inferenceMetrics, type Model, startMetrics } from "./live-metrics.ts";
import { prometheusConfig } from "./live-prometheus.ts";
import { startWebhookSink, type WebhookSink } from "./live-webhook.ts";

export interface OneOutage {
  readonly gateway: Model;
  /** Depends on the gateway. */
  readonly chat: Model;
  readonly prometheus: Server;
  readonly alertmanager: Server;
  /** `/page firing SloBurnPageFast gateway/error-rate`, in the order of arrival. */
  notified(): string[];
  stop(): Promise<void>;
}

/**
 * As in the default policy a full outage is over the thresholds of the slower tiers after that of the fast page (8.6 s), and
 * their short windows remember it for longer.
 */
export const TIERS = [
  { name: "page-fast", severity: "page", long: "1m", short: "12s", burn: 14.4 },
  { name: "page-slow", severity: "page", long: "4m", short: "30s", burn: 6 },
  { name: "ticket", severity: "ticket", long: "20m", short: "1m", burn: 1 },
] as const;

export async function startOneOutage(): Promise<OneOutage> {
  const [gateway, chat] = [healthyModel(), healthyModel()];
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const each of stops.reverse()) await each();
  };
  try {
    return { gateway, chat, stop, ...(await startAll({ gateway, chat }, stops)) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(models: Readonly<Record<"gateway" | "chat", Model>>, stops: (() => unknown)[]) {
  const workspace = makeWorkspace("one-outage");
  stops.push(workspace.remove);
  const sink = await startWebhookSink();
  stops.push(sink.stop);
  const endpoint = await startMetrics({ "/metrics": () => inferenceMetrics(models) });
  stops.push(endpoint.stop);
  const { files } = buildFiles(services, platform(sink));
  writeFiles(workspace.dir, files);
  const config = hurried(files["alertmanager/alertmanager.yaml"] ?? "");
  const alertmanager = await startAlertmanager({ config, dir: `${workspace.dir}/alertmanager` });
  stops.push(alertmanager.stop);
  const jobs = { inference: [{ address: endpoint.address, path: "/metrics" }] };
  const setup = { intervalSeconds: 1, jobs, alertmanager: new URL(alertmanager.url).host };
  const prometheus = await startPrometheus({ config: prometheusConfig(setup), dir: `${workspace.dir}/prometheus` });
  stops.push(prometheus.stop);
  return { prometheus, alertmanager, notified: () => notifiedBy(sink) };
}

function notifiedBy({ notifications }: WebhookSink): string[] {
  return notifications.flatMap(({ path, body }) =>
    (body.alerts ?? []).map(
      ({ status, labels }) => `${path} ${status} ${labels.alertname} ${labels.slo_service}/${labels.slo}`,
    ),
  );
}

/** Groups are looked at every two seconds, and a ticket waits for five: what may not be reported has time to be. A page's wait is as generated. */
function hurried(config: string): string {
  const interval = { group_interval: "2s" };
  return withTiming(withTiming(config, "page", interval), "ticket", { ...interval, group_wait: "5s" });
}

function platform({ url }: WebhookSink): PlatformDeclaration {
  return {
    scrapeInterval: "1s",
    evaluationInterval: "1s",
    settle: "1s",
    retention: "1d",
    receivers: {
      default: { page: { webhook: { url: `${url}/page` } }, ticket: { webhook: { url: `${url}/ticket` } } },
    },
  };
}

function slo(model: string): SloDeclaration {
  return {
    name: "error-rate",
    objective: 99,
    window: "1h",
    sli: events({
      total: `ai_inference_requests_total{model="${model}"}`,
      bad: `ai_inference_errors_total{model="${model}"}`,
    }),
    // Another test shows how long a page is kept by itself.
    alerting: { keepFiringFor: "3s", tiers: [...TIERS] },
  };
}

const services: readonly ServiceDeclaration[] = [
  { name: "gateway", owner: "ml", runbooks: "https://runbooks.example.com/gateway", slos: [slo("gateway")] },
  {
    name: "chat",
    owner: "ml",
    runbooks: "https://runbooks.example.com/chat",
    slos: [{ ...slo("chat"), dependsOn: ["gateway/error-rate"] }],
  },
];
