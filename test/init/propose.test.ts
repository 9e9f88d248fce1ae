/** Every system whose exposition the presets are proven on, scraped by a real Prometheus: its preset is proposed, and fits. */
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Connection } from "../../src/doctor/ask/no-answer.ts";
import { connectionOf } from "../../src/doctor/ask/prometheus.ts";
import { propose } from "../../src/init/propose.ts";
import { type Answer, firebreak, project } from "../cli/firebreak.ts";
import { expositionAfter, readSample, type Series } from "../presets/exposition.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, startPrometheus } from "../support/engines.ts";
import { makeWorkspace, type Workspace } from "../support/live-build.ts";
import type { HttpServer } from "../support/live-http.ts";
import { startMetrics } from "../support/live-metrics.ts";
import { prometheusConfig } from "../support/live-prometheus.ts";
import { PATIENCE_MS } from "../support/live-wait.ts";

const ROOT = join(import.meta.dirname, "..", "..");

/** Jobs are named after the samples that they expose, and each is one system. */
const SYSTEMS: Readonly<Record<string, [preset: string, options: object]>> = {
  "ai-quality": ["aiQuality", {}],
  "ai-service": ["aiService", {}],
  "dynamo-frontend": ["dynamo", {}],
  "dynamo-frontend-old": ["dynamo", { version: "old" }],
  "envoy-ai-gateway": ["envoyAi", {}],
  "gaie-epp": ["inferenceGateway", { names: "gaie" }],
  "gaie-epp-old": ["inferenceGateway", { names: "gaie-1.0" }],
  "genai-no-suffixes": ["genaiOtel", { naming: "no-suffixes" }],
  "genai-openlit": ["genaiOtel", { flavour: "openlit" }],
  "genai-otel": ["genaiOtel", { agents: true }],
  "genai-server": ["genaiOtel", { role: "server" }],
  "genai-traceloop": ["genaiOtel", { flavour: "traceloop" }],
  "genai-utf8": ["genaiOtel", { naming: "utf8", agents: true }],
  "grpc-otel": ["grpcRed", {}],
  "grpc-otel-old": ["grpcRed", { convention: "otel-old" }],
  "grpc-prometheus": ["grpcRed", { convention: "grpc-prometheus" }],
  "http-otel": ["httpRed", {}],
  "http-prometheus": ["httpRed", { convention: "prometheus" }],
  "k8s-workload": ["k8sWorkload", { gpu: true }],
  "kong-ai": ["kongAi", {}],
  litellm: ["litellm", { teamBudgets: true }],
  "llm-d-epp": ["inferenceGateway", {}],
  "nvidia-nim": ["nim", {}],
  sglang: ["sglang", {}],
  tgi: ["tgi", {}],
  triton: ["triton", { histograms: true }],
  vllm: ["vllm", {}],
  "vllm-ray": ["vllm", { prefix: "ray_vllm_" }],
  "vllm-v0": ["vllm", { version: "v0" }],
};

describeWithEngine("prometheus", "what is proposed", () => {
  let [workspace, endpoint, prometheus]: [Workspace?, HttpServer?, Server?] = [];
  let to: Connection;

  beforeAll(async () => {
    workspace = makeWorkspace("init");
    endpoint = await startSystems();
    const { address } = endpoint;
    const jobs = Object.fromEntries(Object.keys(SYSTEMS).map((name) => [name, [{ address, path: `/${name}` }]]));
    const config = prometheusConfig({ intervalSeconds: 5, jobs });
    prometheus = await startPrometheus({ config, dir: workspace.dir });
    to = connectionOf(prometheus.url, {}) as Connection;
  });

  afterAll(async () => {
    await prometheus?.stop();
    await endpoint?.stop();
    workspace?.remove();
  });

  test("is the preset of each system, with the options that its names ask for", async () => {
    const all = Object.entries(SYSTEMS).sort();
    const wanted = all.map(([job, [preset, options]]) => ({
      job,
      preset,
      options: expect.objectContaining({ job, ...options }),
    }));
    const found = async () => (await propose(to)).map(({ job, preset, options }) => ({ job, preset, options }));
    await expect.poll(found, { timeout: PATIENCE_MS, interval: 5000 }).toEqual(wanted);
  });

  test("is written so that its build has no issue, and the doctor misses no metric, label or bucket", async () => {
    const root = project({});
    mkdirSync(join(root, "node_modules"));
    symlinkSync(ROOT, join(root, "node_modules/firebreak"));
    const asked = ["--prometheus", to.url, "--json"];
    expect(await firebreak(root, ["init", "--owner", "ml", ...asked])).toMatchObject({ status: 0 });
    const [built, diagnosed] = [
      await firebreak(root, ["build", "--json"]),
      await firebreak(root, ["doctor", ...asked]),
    ];
    expect(codesOf(built)).toEqual(["not-proven"]);
    expect(codesOf(diagnosed)).toEqual(["alerts-go-nowhere", "rules-not-loaded"]);
    expect((JSON.parse(diagnosed.stdout) as { metrics: number }).metrics).toBeGreaterThan(100);
  });
});

/** Each once. */
function codesOf({ stdout }: Answer): string[] {
  const { issues } = JSON.parse(stdout) as { issues: { code: string }[] };
  return [...new Set(issues.map(({ code }) => code))].sort();
}

/** One endpoint with the page of each system; what counts rises from now on. */
function startSystems(): Promise<HttpServer> {
  const start = Date.now();
  const pages = Object.keys(SYSTEMS).map((name) => {
    const series = pageOf(name);
    return [`/${name}`, () => expositionAfter(series, (Date.now() - start) / 1000)] as const;
  });
  return startMetrics(Object.fromEntries(pages));
}

/** A server of OpenTelemetry's conventions has the names of Envoy's gateway, which is scraped beside it. */
function pageOf(name: string): readonly Series[] {
  if (name !== "genai-server") return readSample(name);
  return readSample("envoy-ai-gateway").map(({ labels: { gen_ai_original_model: _, ...labels }, ...rest }) => ({
    ...rest,
    labels,
  }));
}
