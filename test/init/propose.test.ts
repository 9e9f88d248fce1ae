/** Every system whose exposition the presets are proven on, scraped by a real Prometheus: its preset is proposed, and fits. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { diagnose } from "../../src/doctor/doctor.ts";
import { type Connection, connectionOf } from "../../src/doctor/prometheus.ts";
import { type Proposal, propose } from "../../src/init/propose.ts";
import { assemble } from "../../src/presets/assemble/assemble.ts";
import { presets } from "../../src/presets/index.ts";
import { planOf } from "../diff/planned.ts";
import { presetPlatform } from "../presets/example-services.ts";
import { expositionAfter, readSample } from "../presets/exposition.ts";
import type { Server } from "../support/engine-server.ts";
import { describeWithEngine, startPrometheus } from "../support/engines.ts";
import { makeWorkspace, type Workspace } from "../support/live-build.ts";
import type { HttpServer } from "../support/live-http.ts";
import { startMetrics } from "../support/live-metrics.ts";
import { prometheusConfig } from "../support/live-prometheus.ts";

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
    await expect.poll(found, { timeout: 40_000, interval: 5000 }).toEqual(wanted);
  });

  test("is there, with its labels and buckets, when the doctor looks", async () => {
    const plan = planOf((await propose(to)).map(serviceOf), presetPlatform);
    const { issues } = await diagnose(plan, to);
    const dead = issues.filter(({ code }) => /^(metric|label|bucket)/.test(code));
    expect(dead.map(({ code, path, message }) => [code, path.join("."), message])).toEqual([]);
  });
});

function serviceOf({ job, preset, options }: Proposal) {
  const found = presets.find(({ name }) => name === preset);
  if (!found) throw new Error(`there is no preset ${preset}`);
  return { name: job, owner: "ml", ...assemble(found, options, serviceOf) };
}

/** One endpoint with the page of each system; what counts rises from now on. */
function startSystems(): Promise<HttpServer> {
  const start = Date.now();
  const pages = Object.keys(SYSTEMS).map((name) => {
    const series = readSample(name);
    return [`/${name}`, () => expositionAfter(series, (Date.now() - start) / 1000)] as const;
  });
  return startMetrics(Object.fromEntries(pages));
}
