/**
 * Targets that die in an outage: the page does not resolve because nobody is left to count errors, and after
 * `absence.for` somebody is told that they are gone. One dies and stays configured, one vanishes from discovery
 * as a scaled-down pod does, one recovers: its page must resolve.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { resetSeconds } from "../../src/compile/maths.ts";
import type { Plan } from "../../src/compile/plan.ts";
import { events } from "../../src/model/construct.ts";
import type { PlatformDeclaration, ServiceDeclaration } from "../../src/model/declaration.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, startPrometheus } from "../support/engines.ts";
import {
  buildFiles,
  makeWorkspace,
  pipeline,
  sloOf,
  tierOf,
  type Workspace,
  writeFiles,
} from "../support/live-build.ts";
import { reportFigures } from "../support/live-figures.ts";
import type { HttpServer } from "../support/live-http.ts";
import { healthyModel, inferenceMetrics, type Model, startMetrics } from "../support/live-metrics.ts";
import { firingAlerts, prometheusConfig, query, targetGroups } from "../support/live-prometheus.ts";
import { waitFor, watch } from "../support/live-wait.ts";

const SLACK_SECONDS = 10;
const ABSENCE_SECONDS = 20;
/** The short window is 8 s: five of them after the last scrape. */
const WATCH_SECONDS = 45;

type Name = "crashed" | "vanished" | "recovered";

describeWithEngine("prometheus", "targets that die in an outage", () => {
  let [workspace, prometheus, plan]: [Workspace?, Server?, Plan?] = [];
  let models: Record<Name, Model>;
  let servers: Record<Name, HttpServer>;
  let died = 0;
  /** When each alert was first seen, and in how many looks it was not there. */
  const first = new Map<string, number>();
  const pagesMissing: string[] = [];

  beforeAll(async () => {
    workspace = makeWorkspace("dead");
    models = { crashed: healthyModel(), vanished: healthyModel(), recovered: healthyModel() };
    servers = {
      crashed: await serve("crashed"),
      vanished: await serve("vanished"),
      recovered: await serve("recovered"),
    };
    const built = buildFiles([service], platform);
    plan = built.plan;
    writeFiles(workspace.dir, built.files);
    discover(["crashed", "vanished", "recovered"]);
    prometheus = await startPrometheus({
      config: prometheusConfig({ intervalSeconds: 1, jobs: { gateway: "targets.json" } }),
      dir: join(workspace.dir, "prometheus"),
    });
  });

  afterAll(async () => {
    await prometheus?.stop();
    await Promise.all(Object.values(servers ?? {}).map((server) => server.stop()));
    workspace?.remove();
  });

  function serve(name: Name): Promise<HttpServer> {
    return startMetrics({ "/metrics": () => inferenceMetrics({ [name]: models[name] }) });
  }

  function discover(names: readonly Name[]): void {
    const targets = names.map((name) => ({ address: servers[name].address, path: "/metrics" }));
    writeFileSync(join((workspace as Workspace).dir, "prometheus/targets.json"), JSON.stringify(targetGroups(targets)));
  }

  async function alerting(tier: string): Promise<string[]> {
    const alerts = await firingAlerts(prometheus as Server);
    return alerts
      .filter((labels) => labels.tier === tier)
      .map(({ model = "" }) => model)
      .sort();
  }

  test("an outage pages for each of them", { timeout: 90_000 }, async () => {
    await waitFor(
      "all are measured",
      30,
      async () => (await query(prometheus as Server, "slo:total:increase")).length === 3,
    );
    for (const model of Object.values(models)) model.errors.fail(1);
    await waitFor("all page", 40, async () => (await alerting("page-fast")).length === 3);
  });

  test("the pages of the dead stay, the page of the recovered resolves", { timeout: 120_000 }, async () => {
    died = Date.now();
    await servers.crashed.stop();
    discover(["crashed", "recovered"]);
    models.recovered.errors.fail(0);
    await watch(WATCH_SECONDS, look);
    const slo = sloOf(plan as Plan, "gateway/error-rate");
    const tier = tierOf(slo, "page-fast");
    const latest = resetSeconds(tier.shortSeconds, tier.threshold, 1) + pipeline(plan as Plan, slo, tier);
    reportFigures("dead-targets recovery", { computed: latest, seen: secondsTo("page of recovered ends") });
    expect(pagesMissing).toEqual([]);
    expect(await begunAnew()).toEqual(["crashed", "vanished"].map((model) => ({ model, times: 0 })));
    expect(secondsTo("page of recovered ends")).toBeLessThan(latest + SLACK_SECONDS);
  });

  async function look(): Promise<void> {
    const [pages, down] = [await alerting("page-fast"), await alerting("targets-down")];
    const seconds = (Date.now() - died) / 1000;
    for (const name of ["crashed", "vanished"])
      if (!pages.includes(name)) pagesMissing.push(`${name} after ${seconds.toFixed(1)} s`);
    if (!pages.includes("recovered")) note("page of recovered ends");
    for (const name of down) note(`${name} is down`);
    for (const name of await alerting("no-data")) note(`${name} has no data`);
  }

  /** A page that was gone for one evaluation may slip between two looks, but it starts anew. */
  async function begunAnew(): Promise<{ readonly model: string; readonly times: number }[]> {
    const starts = `changes(ALERTS_FOR_STATE{tier="page-fast", model=~"crashed|vanished"}[${WATCH_SECONDS}s])`;
    const counts = (await query(prometheus as Server, starts)).map(({ labels, value }) => ({
      model: labels.model ?? "",
      times: value,
    }));
    return counts.sort((a, b) => (a.model < b.model ? -1 : 1));
  }

  function note(what: string): void {
    if (!first.has(what)) first.set(what, Date.now());
  }

  function secondsTo(what: string): number {
    return ((first.get(what) ?? Number.POSITIVE_INFINITY) - died) / 1000;
  }

  test("after absence.for the targets that fail page, and those that were taken away are a ticket", {
    timeout: 30_000,
  }, async () => {
    const [crashed, vanished] = [secondsTo("crashed is down"), secondsTo("vanished has no data")];
    // The last scrape is read for two scrapes and the settle time; then an evaluation and a look, a second each.
    // Prometheus notices at most every five seconds that its targets have changed.
    const latest = 5 + 3 + ABSENCE_SECONDS + 2;
    reportFigures("dead-targets absence", { for: ABSENCE_SECONDS, computed: latest, crashed, vanished });
    for (const seconds of [crashed, vanished]) {
      expect(seconds).toBeGreaterThan(ABSENCE_SECONDS);
      expect(seconds).toBeLessThan(latest + SLACK_SECONDS);
    }
    expect(await alerting("targets-down")).toEqual(["crashed"]);
    expect(await alerting("no-data")).toEqual(["vanished"]);
    expect(
      (await firingAlerts(prometheus as Server))
        .filter(({ tier }) => tier === "targets-down")
        .map(({ severity }) => severity),
    ).toEqual(["page"]);
  });
});

const platform: PlatformDeclaration = {
  scrapeInterval: "1s",
  evaluationInterval: "1s",
  settle: "1s",
  retention: "1d",
};

/** A long window of ten minutes, so that it is not the long window that ends the pages. */
const service: ServiceDeclaration = {
  name: "gateway",
  owner: "ml-platform",
  runbooks: "https://runbooks.example.com/gateway",
  slos: [
    {
      name: "error-rate",
      objective: 99.9,
      window: "1h",
      groupBy: ["model"],
      sli: events({ total: "ai_inference_requests_total", bad: "ai_inference_errors_total" }),
      absence: { for: `${ABSENCE_SECONDS}s` },
      alerting: {
        tiers: [
          { name: "page-fast", severity: "page", long: "10m", short: "8s", burn: 14.4 },
          { name: "ticket", severity: "ticket", long: "20m", short: "30s", burn: 1 },
        ],
      },
    },
  ],
};
