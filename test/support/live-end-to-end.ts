/** The whole chain for the end-to-end test: services, Prometheus, Alertmanager, and somebody to be reported. */
import type { Plan } from "../../src/compile/plan.ts";
import { events, latency } from "../../src/declare/construct.ts";
import type { AlertingDeclaration, PlatformDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import type { Server } from "./engine-server.ts";
import { startAlertmanager, startPrometheus } from "./engines.ts";
import { routeOf, secondsOf, withTiming } from "./live-alertmanager.ts";
import { buildFiles, makeWorkspace, type Workspace, writeFiles } from "./live-build.ts";
import type { HttpServer } from "./live-http.ts";
import { healthyModel, inferenceMetrics, type Model, startMetrics, vllmMetrics } from "./live-metrics.ts";
import { prometheusConfig } from "./live-prometheus.ts";
import { startWebhookSink, type WebhookSink } from "./live-webhook.ts";

export interface EndToEnd {
  readonly plan: Plan;
  /** Behind the gateway, by the label `model`. */
  readonly models: { readonly a: Model; readonly b: Model };
  /** vLLM servers, by the label `model_name`. */
  readonly engines: { readonly llama: Model };
  readonly sink: WebhookSink;
  readonly prometheus: Server;
  readonly alertmanager: Server;
  /** The generated configuration, before its timing was changed. */
  readonly generated: string;
  stop(): Promise<void>;
}

/** Of the test's configuration: see `hurried`. */
export const GROUP_INTERVAL_SECONDS = 5;

/** How long a page waits for others of its group, as generated. */
export function groupWaitSeconds({ generated }: EndToEnd): number {
  return secondsOf(routeOf(generated, "page").group_wait);
}

export async function startEndToEnd(): Promise<EndToEnd> {
  const models = { a: healthyModel(), b: healthyModel() };
  const engines = { llama: healthyModel() };
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const each of stops.reverse()) await each();
  };
  try {
    return { models, engines, stop, ...(await startAll(models, engines, stops)) };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startAll(models: EndToEnd["models"], engines: EndToEnd["engines"], stops: (() => unknown)[]) {
  const workspace = makeWorkspace("end-to-end");
  stops.push(workspace.remove);
  const sink = await startWebhookSink();
  stops.push(sink.stop);
  const endpoint = await startMetrics({
    "/gateway": () => inferenceMetrics(models),
    "/vllm": () => vllmMetrics(engines),
  });
  stops.push(endpoint.stop);

  const { plan, files } = buildFiles(services, platform(sink, workspace));
  // The folders are the engines' own: each finds its files beside its configuration.
  writeFiles(workspace.dir, { ...files, "secrets/pager": `${sink.url}/page`, "secrets/chat": `${sink.url}/slack` });
  const generated = files["alertmanager/alertmanager.yaml"] ?? "";
  const alertmanager = await startAlertmanager({ config: hurried(generated), dir: `${workspace.dir}/alertmanager` });
  stops.push(alertmanager.stop);
  const prometheus = await startPrometheus({
    config: scraping(endpoint, alertmanager),
    dir: `${workspace.dir}/prometheus`,
  });
  stops.push(prometheus.stop);
  return { plan, sink, prometheus, alertmanager, generated };
}

/**
 * Groups are looked at again after five seconds, not a minute or half an hour: the test ends sooner, and what resolves and
 * fires again within a minute is reported twice, not hidden. Tickets wait 20 s, not 5m, or none would be reported within the test.
 * A page's wait, the receivers, matchers, grouping and inhibition are as generated.
 */
function hurried(config: string): string {
  const interval = { group_interval: `${GROUP_INTERVAL_SECONDS}s` };
  return withTiming(withTiming(config, "page", interval), "ticket", { ...interval, group_wait: "20s" });
}

function scraping(endpoint: HttpServer, alertmanager: Server): string {
  const target = (path: string) => [{ address: endpoint.address, path }];
  const jobs = { gateway: target("/gateway"), vllm: target("/vllm") };
  return prometheusConfig({ intervalSeconds: 1, jobs, alertmanager: new URL(alertmanager.url).host });
}

function platform(sink: WebhookSink, { dir }: Workspace): PlatformDeclaration {
  return {
    scrapeInterval: "1s",
    evaluationInterval: "1s",
    settle: "1s",
    retention: "1d",
    dashboards: "https://grafana.example.com",
    secretsDirectory: `${dir}/secrets`,
    receivers: {
      default: {
        page: { webhook: { secret: "pager" }, slack: { secret: "chat", channel: "#oncall" } },
        ticket: { webhook: { url: `${sink.url}/ticket` } },
      },
    },
  };
}

/** The default policy's factors, over windows that a test can wait for. */
const alerting: AlertingDeclaration = {
  // Another test shows how long a page is kept by itself.
  keepFiringFor: "3s",
  tiers: [
    { name: "page-fast", severity: "page", long: "60s", short: "12s", burn: 14.4 },
    { name: "ticket", severity: "ticket", long: "2m", short: "20s", burn: 1 },
  ],
};

const promise = { objective: 99, window: "1h", alerting } as const;

const services: readonly ServiceDeclaration[] = [
  {
    name: "gateway",
    owner: "ml-platform",
    runbooks: "https://runbooks.example.com/gateway",
    slos: [
      {
        ...promise,
        name: "error-rate",
        groupBy: ["model"],
        sli: events({ total: "ai_inference_requests_total", bad: "ai_inference_errors_total" }),
      },
      { ...promise, name: "latency", sli: latency({ histogram: "ai_inference_latency_seconds", threshold: "1s" }) },
    ],
  },
  {
    name: "vllm",
    owner: "ml-platform",
    runbooks: "https://runbooks.example.com/vllm",
    slos: [
      {
        ...promise,
        name: "time-to-first-token",
        groupBy: ["model_name"],
        sli: latency({ histogram: 'vllm:time_to_first_token_seconds{job="vllm"}', threshold: "1s" }),
      },
    ],
  },
];
