/** The repository's own declarations on a real Prometheus that scrapes what they name: every rule loads and evaluates. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import * as declarations from "../../slos/index.ts";
import { groupsOf } from "../../src/compile/plan.ts";
import { expositionAfter, readSample } from "../presets/exposition.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, startPrometheus } from "../support/engines.ts";
import { type Built, buildFiles, makeWorkspace, type Workspace, writeFiles } from "../support/live-build.ts";
import { reportFigures } from "../support/live-figures.ts";
import type { HttpServer } from "../support/live-http.ts";
import { healthyModel, inferenceMetrics, startMetrics, vllmMetrics } from "../support/live-metrics.ts";
import { firingAlerts, loadedRules, ownMetric, prometheusConfig, query } from "../support/live-prometheus.ts";
import { PATIENCE_MS, waitFor } from "../support/live-wait.ts";

describeWithEngine("prometheus", "the rules of slos/", () => {
  let [workspace, endpoint, prometheus, built]: [Workspace?, HttpServer?, Server?, Built?] = [];

  beforeAll(async () => {
    workspace = makeWorkspace("rules");
    endpoint = await startServices();
    built = buildFiles(declarations.services, declarations.platform);
    writeFiles(workspace.dir, hurried(built.files));
    const jobs = {
      "inference-gateway": [target("/gateway")],
      litellm: [target("/litellm")],
      vllm: [target("/vllm")],
    };
    prometheus = await startPrometheus({
      config: prometheusConfig({ intervalSeconds: 2, jobs }),
      dir: join(workspace.dir, "prometheus"),
    });
  });

  afterAll(async () => {
    await prometheus?.stop();
    await endpoint?.stop();
    workspace?.remove();
  });

  function target(path: string) {
    return { address: (endpoint as HttpServer).address, path };
  }

  test("every SLO is measured on the metrics that the services expose", async () => {
    const ids = slosOf(built as Built).map(({ slo }) => slo.id);
    const measured = async () =>
      new Set(
        (await query(prometheus as Server, "slo:total:increase and (slo:bad:increase or slo:good:increase)")).map(
          ({ labels }) => `${labels.slo_service}/${labels.slo}`,
        ),
      );
    await expect
      .poll(async () => [...(await measured())].sort(), { timeout: PATIENCE_MS, interval: 1000 })
      .toEqual(ids.sort());
  });

  test("no rule fails, not even with two groups of one SLO burning", async () => {
    // Evaluated faster than they were made for, the windows soon hold enough.
    const pages = async () => (await firingAlerts(prometheus as Server)).filter(({ tier }) => tier === "page-fast");
    const groups = async () =>
      (await pages()).map(({ slo, model, model_name }) => `${slo} ${model ?? model_name}`).sort();
    const expected = ["engine-errors a", "engine-errors b", "error-rate a", "error-rate b"];
    await expect.poll(groups, { timeout: PATIENCE_MS, interval: 1000 }).toEqual(expect.arrayContaining(expected));
    await twoMoreEvaluations(prometheus as Server);
    const rules = await loadedRules(prometheus as Server);
    const failures = Object.values(await ownMetric(prometheus as Server, "prometheus_rule_evaluation_failures_total"));
    const emitted = (built as Built).plan.services.flatMap(groupsOf).flatMap((group) => group.rules);
    reportFigures("rules-load", { rules: rules.length, failures: total(failures) });
    expect(rules.filter(({ health, lastError }) => health !== "ok" || lastError)).toEqual([]);
    expect(rules).toHaveLength(emitted.length);
    expect(failures.length).toBeGreaterThan(0);
    expect(total(failures)).toBe(0);
  });
});

/** Two models in each service, both with errors and with slow answers. */
async function startServices(): Promise<HttpServer> {
  const models = { a: healthyModel(), b: healthyModel() };
  for (const { errors, slow } of Object.values(models)) {
    errors.fail(0.5);
    slow.fail(0.5);
  }
  const [litellm, start] = [readSample("litellm"), Date.now()];
  return startMetrics({
    "/gateway": () => inferenceMetrics(models),
    "/litellm": () => expositionAfter(litellm, (Date.now() - start) / 1000),
    "/vllm": () => vllmMetrics(models),
  });
}

/**
 * Groups are evaluated every two seconds, not every 30 s or 4m, and how much of a window was measured is looked at as often,
 * not every 5m. What they count is not looked at, only that they can.
 */
function hurried(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const rules = Object.entries(files).filter(([path]) => path.endsWith(".rules.yaml"));
  return Object.fromEntries(
    rules.map(([path, text]) => [path, text.replaceAll(/^( +interval:) .*$/gm, "$1 2s").replaceAll(":5m])", ":2s])")]),
  );
}

async function twoMoreEvaluations(prometheus: Server): Promise<void> {
  const iterations = () => ownMetric(prometheus, "prometheus_rule_group_iterations_total");
  const before = await iterations();
  await waitFor("every group is evaluated twice", async () => {
    const now = await iterations();
    return Object.entries(before).every(([group, count]) => (now[group] ?? 0) >= count + 2);
  });
}

function slosOf({ plan }: Built) {
  return plan.services.flatMap((service) => service.slos);
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
