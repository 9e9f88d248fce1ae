/**
 * A ruler that sees nothing but what another Prometheus writes to it, seconds late and in batches.
 * With a settle time that covers the delay every event is counted once; with one that covers a local scrape only, events are lost.
 */
import { mkdirSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { events } from "../../src/declare/construct.ts";
import type { Duration, ServiceDeclaration } from "../../src/declare/declaration.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, startPrometheus } from "../support/engines.ts";
import { buildFiles, makeWorkspace, type Workspace, writeFiles } from "../support/live-build.ts";
import { reportFigures } from "../support/live-figures.ts";
import type { HttpServer } from "../support/live-http.ts";
import { startMetrics } from "../support/live-metrics.ts";
import { prometheusConfig, query } from "../support/live-prometheus.ts";
import { type SlowTarget, slowTarget } from "../support/live-slow-target.ts";

const TARGETS = 10;
const RUN_SECONDS = 70;
/** A batch waits this long for more, so that a sample is some seconds old when it arrives. */
const BATCH_SECONDS = 6;
const LAST_READING_SECONDS = 40;

describeWithEngine("prometheus", "a remote ruler", () => {
  let [workspace, targets, endpoint, scraper, ruler]: [Workspace?, SlowTarget[]?, HttpServer?, Server?, Server?] = [];
  let counted: { patient: number; hasty: number; ledger: number };

  beforeAll(async () => {
    workspace = makeWorkspace("remote");
    targets = Array.from({ length: TARGETS }, (_, index) => slowTarget(index));
    endpoint = await startMetrics(Object.fromEntries(targets.map((target) => [target.path, target.scrape])));
    ruler = await startRuler(workspace);
    scraper = await startScraper(workspace, endpoint.address, targets, ruler.url);
    await sleep((RUN_SECONDS / 2) * 1000);
    for (const target of targets) target.turn();
    await sleep((RUN_SECONDS / 2) * 1000);
    for (const target of targets) target.stop();
    await sleep(LAST_READING_SECONDS * 1000);
    const ledger = targets.reduce((sum, target) => sum + target.ledger().total, 0);
    counted = { patient: await total(ruler, "patient"), hasty: await total(ruler, "hasty"), ledger };
    reportFigures("remote-ruler", {
      events: ledger,
      lost: ledger - counted.patient,
      lostWithLocalSettle: ledger - counted.hasty,
    });
  });

  afterAll(async () => {
    await scraper?.stop();
    await ruler?.stop();
    await endpoint?.stop();
    workspace?.remove();
  });

  test("counts every event once when its settle time covers the delay", () => {
    expect(counted.patient).toBe(counted.ledger);
    expect(counted.ledger).toBeGreaterThan(1000);
  });

  test("loses events with a settle time for local scrapes, so this test could fail", () => {
    expect(counted.hasty).toBeLessThan(counted.ledger);
  });
});

function startRuler(workspace: Workspace): Promise<Server> {
  const dir = `${workspace.dir}/ruler`;
  mkdirSync(dir);
  writeFiles(workspace.dir, { ...rules("patient", "20s"), ...rules("hasty", "3s") });
  const config = prometheusConfig({ intervalSeconds: 5, jobs: {}, rules: "../prometheus/*.rules.yaml" });
  return startPrometheus({ config, dir, flags: ["--web.enable-remote-write-receiver"] });
}

function startScraper(
  workspace: Workspace,
  address: string,
  targets: readonly SlowTarget[],
  ruler: string,
): Promise<Server> {
  const jobs = { work: targets.map(({ path, name }) => ({ address, path, instance: name })) };
  const remoteWrite = { url: `${ruler}/api/v1/write`, queue_config: { batch_send_deadline: `${BATCH_SECONDS}s` } };
  const config = prometheusConfig({ intervalSeconds: 5, timeoutSeconds: 4, jobs, remoteWrite });
  const dir = `${workspace.dir}/scraper`;
  mkdirSync(dir);
  return startPrometheus({ config, dir });
}

function rules(name: string, settle: Duration): Readonly<Record<string, string>> {
  return buildFiles([service(name)], { scrapeInterval: "5s", evaluationInterval: "5s", settle, retention: "1d" }).files;
}

function service(name: string): ServiceDeclaration {
  const sli = events({ total: "work_done_total", bad: "work_failed_total" });
  const slo = {
    name: "work",
    objective: 99,
    window: "1h",
    groupBy: ["instance"],
    sli,
    alerting: { enabled: false },
  } as const;
  return { name, owner: "test", runbooks: "https://runbooks.example.com", slos: [slo] };
}

async function total(ruler: Server, service: string): Promise<number> {
  const samples = await query(ruler, `sum(sum_over_time(slo:total:increase{slo_service="${service}"}[10m]))`);
  return samples[0]?.value ?? 0;
}
