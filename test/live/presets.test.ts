/** Every preset on a real Prometheus that scrapes its system's exposition, counters moving: every SLI yields data. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exampleServices, presetPlatform } from "../presets/example-services.ts";
import { expectedBadShare, expectedGoodputMiss } from "../presets/expected-ratio.ts";
import { expositionAfter, readSample } from "../presets/exposition.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, startPrometheus } from "../support/engines.ts";
import { type Built, buildFiles, makeWorkspace, type Workspace, writeFiles } from "../support/live-build.ts";
import { reportFigures } from "../support/live-figures.ts";
import type { HttpServer } from "../support/live-http.ts";
import { startMetrics } from "../support/live-metrics.ts";
import { ownMetric, prometheusConfig, query, type Sample } from "../support/live-prometheus.ts";
import { PATIENCE_MS } from "../support/live-wait.ts";

const cases = exampleServices();
/** Long enough that a busy machine keeps up, and a settle time that covers the scrape's timeout twice. */
const INTERVAL_SECONDS = 10;
const TIMEOUT_SECONDS = 5;

describeWithEngine("prometheus", "the rules of all presets", () => {
  let [workspace, endpoint, prometheus, built]: [Workspace?, HttpServer?, Server?, Built?] = [];

  beforeAll(async () => {
    workspace = makeWorkspace("presets");
    endpoint = await startSystems();
    built = buildFiles(
      cases.map(({ service }) => service),
      { ...presetPlatform, scrapeInterval: "10s", evaluationInterval: "10s", settle: "10s" },
    );
    writeFiles(workspace.dir, hurried(built.files));
    const jobs = Object.fromEntries(
      cases.map(({ job, service }) => [job, [{ address: (endpoint as HttpServer).address, path: `/${service.name}` }]]),
    );
    prometheus = await startPrometheus({
      config: withNativeHistograms(
        prometheusConfig({ intervalSeconds: INTERVAL_SECONDS, timeoutSeconds: TIMEOUT_SECONDS, jobs }),
      ),
      dir: join(workspace.dir, "prometheus"),
    });
  });

  afterAll(async () => {
    await prometheus?.stop();
    await endpoint?.stop();
    workspace?.remove();
  });

  test("every SLI counts something, good or bad", async () => {
    const wanted = idsOf(built as Built);
    const counted = async () => moving(await query(prometheus as Server, "sum_over_time(slo:total:increase[2m]) > 0"));
    await expect
      .poll(async () => missing(wanted, await counted()), { timeout: PATIENCE_MS, interval: 3000 })
      .toEqual([]);
    const judged = moving(
      await query(
        prometheus as Server,
        "count_over_time(slo:bad:increase[2m]) or count_over_time(slo:good:increase[2m])",
      ),
    );
    expect(missing(wanted, judged)).toEqual([]);
  });

  test("the share of bad events is that of the exposition", async () => {
    const expected = expectedShares(built as Built);
    expect(expected.length).toBeGreaterThan(100);
    const wrong = async () => {
      const measured = await badShares(prometheus as Server);
      return expected.filter(([id, bad]) => !(Math.abs((measured.get(id) ?? Number.NaN) - bad) < 0.002));
    };
    await expect.poll(wrong, { timeout: PATIENCE_MS, interval: 5000 }).toEqual([]);
  });

  test("bad or good is never negative, and never more than all", async () => {
    const part = "(slo:bad:increase offset 20s or slo:good:increase offset 20s)";
    const wrong = await query(
      prometheus as Server,
      `${part} < 0 or ${part} > slo:total:increase offset 20s * 1.000001`,
    );
    expect(wrong.map(({ labels }) => idOf(labels))).toEqual([]);
  });

  test("no rule fails, and nothing is broken", async () => {
    // From its own metrics: the list of so many rules takes a busy machine longer than a query may.
    const failures = await ownMetric(prometheus as Server, "prometheus_rule_evaluation_failures_total");
    const rules = Object.values(await ownMetric(prometheus as Server, "prometheus_rule_group_rules"));
    const loaded = rules.reduce((sum, count) => sum + count, 0);
    reportFigures("presets", { services: cases.length, slos: idsOf(built as Built).length, rules: loaded });
    expect(Object.keys(failures).length).toBeGreaterThan(0);
    expect(Object.entries(failures).filter(([, count]) => count > 0)).toEqual([]);
    // What waits since before its first slice is let go by the next evaluation.
    const broken = async () => {
      const alerts = await query(prometheus as Server, 'ALERTS{tier="broken"}');
      return alerts.map(({ labels }) => `${idOf(labels)} ${labels.reason}`);
    };
    await expect.poll(broken, { timeout: PATIENCE_MS, interval: 5000 }).toEqual([]);
  });
});

/** The jobs whose histograms are stored as native ones. */
function withNativeHistograms(config: string): string {
  const parsed = JSON.parse(config) as { readonly scrape_configs: readonly { readonly job_name: string }[] };
  const native = cases.filter(({ nhcb }) => nhcb).map(({ job }) => job);
  const scrapes = parsed.scrape_configs.map((scrape) =>
    native.includes(scrape.job_name) ? { ...scrape, convert_classic_histograms_to_nhcb: true } : scrape,
  );
  return JSON.stringify({ ...parsed, scrape_configs: scrapes });
}

/** One endpoint with the page of each system. Its counters begin to rise now. */
function startSystems(): Promise<HttpServer> {
  const start = Date.now();
  const pages = cases.map(({ service, sample }) => {
    const series = readSample(sample);
    return [`/${service.name}`, () => expositionAfter(series, (Date.now() - start) / 1000)] as const;
  });
  return startMetrics(Object.fromEntries(pages));
}

/**
 * Slow groups are evaluated every 30 s: what they find is not looked at, only that they can. And slices of 5m are judged once a
 * minute: a test need not wait for the clock.
 */
function hurried(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const rules = Object.entries(files).filter(([path]) => path.endsWith(".rules.yaml"));
  const hurry = (text: string) =>
    text.replaceAll(/^( +interval:) \d+m$/gm, "$1 30s").replaceAll("vector(time()) % 300 <", "vector(time()) % 60 <");
  return Object.fromEntries(rules.map(([path, text]) => [path, hurry(text)]));
}

function idsOf({ plan }: Built): string[] {
  return plan.services.flatMap((service) => service.slos.map(({ slo }) => slo.id)).sort();
}

/** By SLO. A little in the past: a group that is being evaluated has written its total, and not yet its bad. */
async function badShares(prometheus: Server): Promise<ReadonlyMap<string, number>> {
  const sum = (record: string) => `sum by (slo_service, slo) (sum_over_time(${record}[2m] offset 20s))`;
  const [bad, good, total] = ["bad", "good", "total"].map((of) => sum(`slo:${of}:increase`));
  const samples = await query(prometheus, `${bad} / ${total} or 1 - ${good} / ${total}`);
  return new Map(samples.map(({ labels, value }) => [idOf(labels), value]));
}

/** By SLO, where the exposition tells. */
function expectedShares({ plan }: Built): (readonly [id: string, bad: number])[] {
  return plan.services.flatMap(({ service, slos }) => {
    const example = cases.find((each) => each.service.name === service.name);
    if (!example) throw new Error(`${service.name} is no example`);
    const series = readSample(example.sample);
    const sliOf = (name: string) => slos.find(({ slo }) => slo.name === name)?.slo.sli;
    return slos.flatMap(({ slo }) => {
      const [first, perToken] = [sliOf("time-to-first-token"), sliOf("time-per-output-token")];
      const isBound = slo.name === "goodput" && "total" in slo.sli && slo.sli.total?.type === "promql";
      const bad =
        isBound && first && perToken
          ? expectedGoodputMiss(first, perToken, series, example.job)
          : expectedBadShare(slo.sli, series, example.job);
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
