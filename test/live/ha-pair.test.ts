/**
 * Two Prometheus that scrape the same targets and evaluate the same rules, each by itself, with one Alertmanager behind
 * them: an outage pages once, one of the two may die in it, and the recovery is reported once.
 */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { events } from "../../src/declare/construct.ts";
import type { PlatformDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, startAlertmanager, startPrometheus } from "../support/engines.ts";
import { withTiming } from "../support/live-alertmanager.ts";
import { buildFiles, makeWorkspace, writeFiles } from "../support/live-build.ts";
import { healthyModel, inferenceMetrics, startMetrics } from "../support/live-metrics.ts";
import { firingAlerts, prometheusConfig, query } from "../support/live-prometheus.ts";
import { waitFor, watch } from "../support/live-wait.ts";
import { startWebhookSink, type WebhookSink } from "../support/live-webhook.ts";

const REPLICAS = ["one", "two"] as const;
const DEAF_SECONDS = 20;

describeWithEngine("alertmanager", "a pair of Prometheus", () => {
  const model = healthyModel();
  const stops: (() => unknown)[] = [];
  const pair: Server[] = [];
  let sink: WebhookSink;

  beforeAll(async () => {
    const workspace = makeWorkspace("pair");
    stops.push(workspace.remove);
    sink = await startWebhookSink();
    stops.push(sink.stop);
    const endpoint = await startMetrics({ "/metrics": () => inferenceMetrics({ a: model }) });
    stops.push(endpoint.stop);
    const { files } = buildFiles([service], platformFor(sink));
    const rules = Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith("prometheus/")));
    const config = withTiming(files["alertmanager/alertmanager.yaml"] ?? "", "page", { group_interval: "5s" });
    writeFiles(workspace.dir, files);
    const alertmanager = await startAlertmanager({ config, dir: join(workspace.dir, "alertmanager") });
    stops.push(alertmanager.stop);
    for (const replica of REPLICAS) {
      writeFiles(join(workspace.dir, replica), rules);
      const jobs = { gateway: [{ address: endpoint.address, path: "/metrics" }] };
      const setup = { intervalSeconds: 1, jobs, alertmanager: new URL(alertmanager.url).host, replica };
      const dir = join(workspace.dir, replica, "prometheus");
      const prometheus = await startPrometheus({ config: prometheusConfig(setup), dir });
      stops.push(prometheus.stop);
      pair.push(prometheus);
    }
  });

  afterAll(async () => {
    for (const stop of stops.reverse()) await stop();
  });

  function notified(status: "firing" | "resolved"): number {
    const alerts = sink.notifications.flatMap(({ body }) => body.alerts ?? []);
    return alerts.filter((alert) => alert.status === status && alert.labels.tier === "page-fast").length;
  }

  async function paging(prometheus: Server): Promise<boolean> {
    return (await firingAlerts(prometheus)).some(({ tier }) => tier === "page-fast");
  }

  test("pages once for an outage that both see", async () => {
    for (const each of pair)
      await waitFor("it is measured", async () => (await query(each, "slo:total:increase")).length === 1);
    model.errors.fail(1);
    for (const each of pair) await waitFor("both fire", () => paging(each));
    await waitFor("somebody is notified", async () => notified("firing") > 0);
    await watch(10, async () => expect(notified("firing")).toBe(1));
    expect(
      sink.notifications.flatMap(({ body }) => body.alerts ?? []).every(({ labels }) => !("replica" in labels)),
    ).toBe(true);
  });

  test("goes on paging when one of them dies, and tells nobody anything new", async () => {
    await pair[0]?.stop();
    await watch(DEAF_SECONDS, async () => expect([notified("firing"), notified("resolved")]).toEqual([1, 0]));
    expect(await paging(pair[1] as Server)).toBe(true);
  });

  test("tells the recovery once", async () => {
    model.errors.fail(0);
    await waitFor("the recovery is reported", async () => notified("resolved") > 0);
    await watch(10, async () => expect([notified("firing"), notified("resolved")]).toEqual([1, 1]));
  });
});

function platformFor({ url }: WebhookSink): PlatformDeclaration {
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

const service: ServiceDeclaration = {
  name: "gateway",
  owner: "ml-platform",
  runbooks: "https://runbooks.example.com/gateway",
  slos: [
    {
      name: "error-rate",
      objective: 99,
      window: "1h",
      groupBy: ["model"],
      sli: events({ total: "ai_inference_requests_total", bad: "ai_inference_errors_total" }),
      alerting: {
        keepFiringFor: "3s",
        tiers: [
          { name: "page-fast", severity: "page", long: "60s", short: "12s", burn: 14.4 },
          { name: "ticket", severity: "ticket", long: "2m", short: "20s", burn: 1 },
        ],
      },
    },
  ],
};
