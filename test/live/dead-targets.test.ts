/**
 * Targets that die in an outage: the page does not resolve because nobody is left to count errors, and after
 * `absence.for` somebody is notified that they are down, once for a job. One of a job dies and stays configured, one vanishes
 * from discovery as a scaled-down pod does, one recovers: its page must resolve. Another job dies as a whole.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Plan } from "../../src/compile/plan.ts";
import { resetSeconds } from "../../src/compile/tiers/burn-maths.ts";
import { events, latency } from "../../src/declare/construct.ts";
import type { PlatformDeclaration, ServiceDeclaration } from "../../src/declare/declaration.ts";
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
import { firingAlerts, type Labels, prometheusConfig, query, targetGroups } from "../support/live-prometheus.ts";
import { waitFor, watch } from "../support/live-wait.ts";

const ABSENCE_SECONDS = 20;
/** The short window is 8 s: five of them after the last scrape. */
const WATCH_SECONDS = 45;

type Name = "crashed" | "vanished" | "recovered" | "alone";
const names: readonly Name[] = ["crashed", "vanished", "recovered", "alone"];

describeWithEngine("prometheus", "targets that die in an outage", () => {
  let [workspace, prometheus, plan]: [Workspace?, Server?, Plan?] = [];
  let models: Record<Name, Model>;
  let servers: Record<Name, HttpServer>;
  let died = 0;
  /** When each alert was first seen, and in how many looks a page of the dead was not there. */
  const first = new Map<string, number>();
  const pagesMissing: string[] = [];

  beforeAll(async () => {
    workspace = makeWorkspace("dead");
    models = { crashed: healthyModel(), vanished: healthyModel(), recovered: healthyModel(), alone: healthyModel() };
    servers = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await serve(name)]))) as Record<
      Name,
      HttpServer
    >;
    const built = buildFiles([service], platform);
    plan = built.plan;
    writeFiles(workspace.dir, built.files);
    discover(["crashed", "vanished", "recovered"]);
    const engine = [{ address: servers.alone.address, path: "/metrics" }];
    prometheus = await startPrometheus({
      config: prometheusConfig({ intervalSeconds: 1, jobs: { gateway: "targets.json", engine } }),
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

  function discover(found: readonly Name[]): void {
    const targets = found.map((name) => ({ address: servers[name].address, path: "/metrics" }));
    writeFileSync(join((workspace as Workspace).dir, "prometheus/targets.json"), JSON.stringify(targetGroups(targets)));
  }

  async function alerting(tier: string): Promise<Labels[]> {
    return (await firingAlerts(prometheus as Server)).filter((labels) => labels.tier === tier);
  }

  async function paging(): Promise<string[]> {
    return (await alerting("page-fast")).map(({ model = "" }) => model).sort();
  }

  test("an outage pages for each of them", async () => {
    const measured = async () => (await query(prometheus as Server, 'slo:total:increase{slo="error-rate"}')).length;
    await waitFor("all are measured", async () => (await measured()) === names.length);
    for (const model of Object.values(models)) model.errors.fail(1);
    await waitFor("all page", async () => (await paging()).length === names.length);
  });

  test("the pages of the dead stay until it is reported that their targets are down", async () => {
    died = Date.now();
    await Promise.all([servers.crashed.stop(), servers.alone.stop()]);
    discover(["crashed", "recovered"]);
    models.recovered.errors.fail(0);
    await watch(WATCH_SECONDS, look);
    expect(pagesMissing).toEqual([]);
    expect(await begunAnew()).toEqual(["alone", "crashed", "vanished"].map((model) => ({ model, times: 0 })));
    await waitFor("both are reported", async () => {
      await look();
      return first.size === 2;
    });
    // A scrape, the settle time and an evaluation; then the `for`, and a look every second.
    const latest = 3 + ABSENCE_SECONDS + 2;
    const seen = { gateway: secondsTo("gateway is down"), engine: secondsTo("engine is down") };
    reportFigures("dead-targets absence", { for: ABSENCE_SECONDS, computed: latest, ...seen });
    for (const seconds of Object.values(seen)) expect(seconds).toBeGreaterThan(ABSENCE_SECONDS);
  });

  async function look(): Promise<void> {
    const [pages, down] = [await paging(), await alerting("targets-down")];
    const seconds = (Date.now() - died) / 1000;
    for (const name of ["crashed", "vanished", "alone"])
      if (!pages.includes(name)) pagesMissing.push(`${name} after ${seconds.toFixed(1)} s`);
    for (const { job } of down) note(`${job} is down`);
  }

  /** A page that was gone for one evaluation may slip between two looks, but it starts anew. */
  async function begunAnew(): Promise<{ readonly model: string; readonly times: number }[]> {
    const starts = `changes(ALERTS_FOR_STATE{tier="page-fast", model=~"alone|crashed|vanished"}[${WATCH_SECONDS}s])`;
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

  test("it is reported of a service and job, whatever SLOs and groups are blind, and pages", async () => {
    const down = (await alerting("targets-down")).map(({ alertname, ...labels }) => labels);
    const of = { slo_service: "gateway", tier: "targets-down", severity: "page", owner: "ml-platform" };
    expect(down.sort((a, b) => (describe(a) < describe(b) ? -1 : 1))).toEqual([
      { ...of, job: "engine", reason: "all-down" },
      { ...of, job: "engine", reason: "some-down" },
      { ...of, job: "gateway", reason: "some-down" },
    ]);
    // The job of the one that vanished lives: that its group is gone opens no ticket.
    expect(await alerting("no-data")).toEqual([]);
  });

  test("the page of the one that recovered resolves, not before its hold is over", async () => {
    const slo = sloOf(plan as Plan, "gateway/error-rate");
    const tier = tierOf(slo, "page-fast");
    const reset = resetSeconds(tier.shortSeconds, tier.threshold, 1) + tier.keepFiringForSeconds;
    const latest = reset + pipeline(plan as Plan, slo, tier);
    const at = await waitFor("it resolves", async () => !(await paging()).includes("recovered") && Date.now());
    reportFigures("dead-targets recovery", { computed: latest, seen: (at - died) / 1000 });
    expect((at - died) / 1000).toBeGreaterThan(tier.keepFiringForSeconds);
    expect((await alerting("targets-down")).length).toBe(3);
  });
});

function describe({ job, reason }: Labels): string {
  return `${job} ${reason}`;
}

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
    {
      name: "latency",
      objective: 95,
      window: "1h",
      groupBy: ["model"],
      sli: latency({ histogram: "ai_inference_latency_seconds", threshold: "1s" }),
      absence: { for: `${ABSENCE_SECONDS}s` },
    },
  ],
};
