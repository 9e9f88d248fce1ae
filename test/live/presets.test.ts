/** Every preset on a real Prometheus that scrapes its system's exposition, counters moving: every SLI yields data. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exampleServices, presetPlatform } from "../presets/example-services.ts";
import { expectedBadShare } from "../presets/expected-ratio.ts";
import { expositionAfter, readSample } from "../presets/exposition.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, startPrometheus } from "../support/engines.ts";
import { type Built, buildFiles, makeWorkspace, type Workspace, writeFiles } from "../support/live-build.ts";
import { reportFigures } from "../support/live-figures.ts";
import type { HttpServer } from "../support/live-http.ts";
import { startMetrics } from "../support/live-metrics.ts";
import { loadedRules, prometheusConfig, query, type Sample } from "../support/live-prometheus.ts";

const cases = exampleServices();
const INTERVAL_SECONDS = 5;

describeWithEngine("prometheus", "the rules of all presets", () => {
  let [workspace, endpoint, prometheus, built]: [Workspace?, HttpServer?, Server?, Built?] = [];

  beforeAll(async () => {
    workspace = makeWorkspace("presets");
    endpoint = await startSystems();
    built = buildFiles(
      cases.map(({ service }) => service),
      { ...presetPlatform, scrapeInterval: "5s", evaluationInterval: "5s", settle: "5s" },
    );
    writeFiles(workspace.dir, hurried(built.files));
    const jobs = Object.fromEntries(
      cases.map(({ job, service }) => [job, [{ address: (endpoint as HttpServer).address, path: `/${service.name}` }]]),
    );
    prometheus = await startPrometheus({
      config: prometheusConfig({ intervalSeconds: INTERVAL_SECONDS, jobs }),
      dir: join(workspace.dir, "prometheus"),
    });
  });

  afterAll(async () => {
    await prometheus?.stop();
    await endpoint?.stop();
    workspace?.remove();
  });

  test("every SLI counts something, good or bad", { timeout: 90_000 }, async () => {
    const wanted = idsOf(built as Built);
    const counted = async () => moving(await query(prometheus as Server, "sum_over_time(slo:total:increase[1m]) > 0"));
    await expect.poll(async () => missing(wanted, await counted()), { timeout: 60_000, interval: 2000 }).toEqual([]);
    const judged = moving(await query(prometheus as Server, "count_over_time(slo:bad:increase[1m]) > 0"));
    expect(missing(wanted, judged)).toEqual([]);
  });

  test("the share of bad events is that of the exposition", { timeout: 30_000 }, async () => {
    const share =
      "sum by (slo_service, slo) (sum_over_time(slo:bad:increase[1m])) / sum by (slo_service, slo) (sum_over_time(slo:total:increase[1m]))";
    const measured = new Map(
      (await query(prometheus as Server, share)).map(({ labels, value }) => [idOf(labels), value]),
    );
    const expected = expectedShares(built as Built);
    expect(expected.length).toBeGreaterThan(100);
    const wrong = expected.filter(([id, bad]) => !(Math.abs((measured.get(id) ?? Number.NaN) - bad) < 0.002));
    expect(wrong.map(([id, bad]) => [id, bad, measured.get(id)])).toEqual([]);
  });

  test("bad is never negative, and never more than all", { timeout: 30_000 }, async () => {
    const wrong = await query(
      prometheus as Server,
      "slo:bad:increase < 0 or slo:bad:increase > slo:total:increase * 1.000001",
    );
    expect(wrong.map(({ labels }) => idOf(labels))).toEqual([]);
  });

  test("no rule fails, and nothing is broken", { timeout: 60_000 }, async () => {
    const rules = await loadedRules(prometheus as Server);
    reportFigures("presets", { services: cases.length, slos: idsOf(built as Built).length, rules: rules.length });
    expect(rules.filter(({ health, lastError }) => health === "err" || lastError)).toEqual([]);
    const broken = await query(prometheus as Server, 'ALERTS{tier="broken"}');
    expect(broken.map(({ labels }) => `${idOf(labels)} ${labels.reason}`)).toEqual([]);
  });
});

/** One endpoint with the page of each system. Its counters begin to rise now. */
function startSystems(): Promise<HttpServer> {
  const start = Date.now();
  const pages = cases.map(({ service, sample }) => {
    const series = readSample(sample);
    return [`/${service.name}`, () => expositionAfter(series, (Date.now() - start) / 1000)] as const;
  });
  return startMetrics(Object.fromEntries(pages));
}

/** Groups of the long windows too are evaluated every few seconds. What they find is not looked at, only that they can. */
function hurried(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const rules = Object.entries(files).filter(([path]) => path.endsWith(".rules.yaml"));
  return Object.fromEntries(
    rules.map(([path, text]) => [path, text.replaceAll(/^( +interval:) .*$/gm, `$1 ${INTERVAL_SECONDS}s`)]),
  );
}

function idsOf({ plan }: Built): string[] {
  return plan.services.flatMap((service) => service.slos.map(({ slo }) => slo.id)).sort();
}

/** By SLO, where the exposition tells. */
function expectedShares({ plan }: Built): (readonly [id: string, bad: number])[] {
  return plan.services.flatMap(({ service, slos }) => {
    const example = cases.find((each) => each.service.name === service.name);
    if (!example) throw new Error(`${service.name} is no example`);
    const series = readSample(example.sample);
    return slos.flatMap(({ slo }) => {
      const bad = expectedBadShare(slo.sli, series, example.job);
      return bad === undefined ? [] : [[slo.id, bad] as const];
    });
  });
}

function moving(samples: readonly Sample[]): ReadonlySet<string> {
  return new Set(samples.map(({ labels }) => idOf(labels)));
}

function idOf(labels: Sample["labels"]): string {
  return `${labels.slo_service}/${labels.slo}`;
}

function missing(wanted: readonly string[], found: ReadonlySet<string>): string[] {
  return wanted.filter((id) => !found.has(id));
}
