/**
 * Targets that take long to answer, at all phases of the evaluation: every event is counted once.
 * A scrape carries the time of its start and becomes visible at its end; the settle time covers the difference.
 */
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
import { ownMetric, prometheusConfig, query } from "../support/live-prometheus.ts";
import { type SlowTarget, slowTarget } from "../support/live-slow-target.ts";

const TARGETS = 30;
const RUN_SECONDS = 90;
/** A scrape (5 s), its answer (2 s), the settle time (3 s) and an evaluation (5 s) after the last event, and 10 s of slack. */
const LAST_READING_SECONDS = 25;

describeWithEngine("prometheus", "slow scrapes", () => {
  let [workspace, targets, endpoint, prometheus]: [Workspace?, SlowTarget[]?, HttpServer?, Server?] = [];
  let seen: Readonly<Record<string, Counted[]>>;

  beforeAll(async () => {
    workspace = makeWorkspace("slow");
    targets = Array.from({ length: TARGETS }, (_, index) => slowTarget(index));
    endpoint = await startMetrics(Object.fromEntries(targets.map((target) => [target.path, target.scrape])));
    prometheus = await start(workspace, endpoint.address, targets);
    await sleep((RUN_SECONDS / 2) * 1000);
    for (const target of targets) target.turn();
    await sleep((RUN_SECONDS / 2) * 1000);
    for (const target of targets) target.stop();
    await sleep(LAST_READING_SECONDS * 1000);
    seen = {
      patient: await counted(prometheus, "patient", targets),
      hasty: await counted(prometheus, "hasty", targets),
    };
  });

  afterAll(async () => {
    await prometheus?.stop();
    await endpoint?.stop();
    workspace?.remove();
  });

  test("the machine kept up: no scrape failed and no evaluation was missed", async () => {
    const failed = await query(prometheus as Server, "min_over_time(up[10m]) == 0");
    const missed = await ownMetric(prometheus as Server, "prometheus_rule_group_iterations_missed_total");
    expect(failed).toEqual([]);
    expect(Object.values(missed).filter((count) => count > 0)).toEqual([]);
  });

  test("with the declared settle time no event is lost and none is counted twice", () => {
    const ledgers = (targets as SlowTarget[]).map((target) => ({ instance: target.name, ...target.ledger() }));
    expect(seen.patient).toEqual(ledgers);
    expect(ledgers.every(({ total, bad }) => total > 100 && bad > 0)).toBe(true);
  });

  test("without a settle time events are lost, so this test could fail", () => {
    const expected = sum((targets as SlowTarget[]).map((target) => target.ledger()));
    const [patient, hasty] = [sum(seen.patient ?? []), sum(seen.hasty ?? [])];
    const lame = (seen.hasty ?? []).filter(
      (each, index) => each.total < ((targets as SlowTarget[])[index]?.ledger().total ?? 0),
    );
    reportFigures("slow-scrapes", {
      events: expected,
      lost: expected - patient,
      lostWithoutSettle: expected - hasty,
      targetsLosingWithoutSettle: lame.length,
    });
    expect(hasty).toBeLessThan(expected);
  });
});

interface Counted {
  readonly instance: string;
  readonly total: number;
  readonly bad: number;
}

async function start(workspace: Workspace, address: string, targets: readonly SlowTarget[]): Promise<Server> {
  // As good as none: a settle time of nothing cannot be declared.
  writeFiles(workspace.dir, { ...rules("patient", "3s"), ...rules("hasty", "1ms") });
  const jobs = { work: targets.map(({ path, name }) => ({ address, path, instance: name })) };
  const config = prometheusConfig({ intervalSeconds: 5, timeoutSeconds: 4, jobs });
  return startPrometheus({ config, dir: `${workspace.dir}/prometheus` });
}

function rules(name: string, settle: Duration): Readonly<Record<string, string>> {
  const { files } = buildFiles([service(name)], {
    scrapeInterval: "5s",
    evaluationInterval: "5s",
    settle,
    retention: "1d",
  });
  return files;
}

function service(name: string): ServiceDeclaration {
  const sli = events({ total: "work_done_total", bad: "work_failed_total" });
  const alerting = { enabled: false };
  return {
    name,
    owner: "test",
    runbooks: "https://runbooks.example.com",
    slos: [{ name: "work", objective: 99, window: "1h", groupBy: ["instance"], sli, alerting }],
  };
}

/** What the rules have counted, in the order of the targets. */
async function counted(prometheus: Server, service: string, targets: readonly SlowTarget[]): Promise<Counted[]> {
  const read = async (record: string) => {
    const samples = await query(prometheus, `sum_over_time(${record}{slo_service="${service}"}[10m])`);
    return new Map(samples.map(({ labels, value }) => [labels.instance, value]));
  };
  const [total, bad] = [await read("slo:total:increase"), await read("slo:bad:increase")];
  return targets.map(({ name }) => ({ instance: name, total: total.get(name) ?? 0, bad: bad.get(name) ?? 0 }));
}

function sum(counts: readonly { readonly total: number }[]): number {
  return counts.reduce((all, { total }) => all + total, 0);
}
