/** Boundaries of model servers. */
import type { BucketList } from "./bucket-list.ts";
import { GENAI_FIRST_TOKEN, GENAI_PER_TOKEN } from "./opentelemetry.ts";

const vllmV1 = {
  system: "vLLM",
  version: "v1",
  releases: "V1 engine",
  source: "vllm-project/vllm: vllm/v1/metrics/loggers.py",
} as const;
const vllmV0 = {
  system: "vLLM",
  version: "v0",
  releases: "V0 engine, before 2025",
  source: "vllm-project/vllm: vllm/engine/metrics.py",
} as const;

/** Of the older vLLM, and of NIM, which is made of it. */
const OLD_REQUEST = [1, 2.5, 5, 10, 15, 20, 30, 40, 50, 60];

const vllm: readonly BucketList[] = [
  {
    ...vllmV1,
    histograms: vllmNames("time_to_first_token"),
    boundaries: [...GENAI_FIRST_TOKEN, 20, 40, 80, 160, 640, 2560],
  },
  {
    ...vllmV1,
    histograms: vllmNames("inter_token_latency", "request_time_per_output_token", "time_per_output_token"),
    boundaries: [...GENAI_PER_TOKEN, 5, 7.5, 10, 20, 40, 80],
  },
  {
    ...vllmV1,
    histograms: vllmNames(
      "e2e_request_latency",
      "request_queue_time",
      "request_inference_time",
      "request_prefill_time",
      "request_decode_time",
    ),
    boundaries: [0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680],
  },
  { ...vllmV0, histograms: vllmNames("time_to_first_token"), boundaries: GENAI_FIRST_TOKEN },
  { ...vllmV0, histograms: vllmNames("time_per_output_token"), boundaries: GENAI_PER_TOKEN },
  { ...vllmV0, histograms: vllmNames("e2e_request_latency"), boundaries: OLD_REQUEST },
];

const sglangNow = {
  system: "SGLang",
  version: "current",
  releases: "current; its boundaries are command line options",
  source: "sgl-project/sglang: python/sglang/srt/observability/metrics_collector.py",
} as const;
const SGLANG_FIRST_TOKEN = [0.1, 0.2, 0.4, 0.6, 0.8, 1, 2, 4, 6, 8, 10, 20, 40, 60, 80, 100, 200, 400];

const sglang: readonly BucketList[] = [
  { ...sglangNow, histograms: ["sglang:time_to_first_token_seconds"], boundaries: SGLANG_FIRST_TOKEN },
  {
    ...sglangNow,
    histograms: ["sglang:e2e_request_latency_seconds"],
    boundaries: [...SGLANG_FIRST_TOKEN, 600, 1200, 1800, 2400],
  },
  {
    ...sglangNow,
    histograms: ["sglang:inter_token_latency_seconds"],
    boundaries: [
      0.002, 0.004, 0.006, 0.008, 0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.06, 0.08, 0.1, 0.2, 0.4, 0.6, 0.8, 1,
      2, 4, 6, 8,
    ],
  },
];

const nimNow = {
  system: "NVIDIA NIM",
  version: "current",
  releases: "NIM for LLMs on vLLM",
  source: "DataDog/integrations-core: nvidia_nim/tests/fixtures/nim_metrics.txt, a dump",
} as const;
const dynamoNow = {
  system: "NVIDIA Dynamo",
  version: "current",
  releases: "frontends whose requests are measured up to 510 s",
  source: "ai-dynamo/dynamo: lib/llm/src/http/service/metrics.rs, the defaults of DYN_METRICS_…",
} as const;
const dynamoOld = {
  ...dynamoNow,
  version: "old",
  releases: "frontends whose requests are measured up to 260 s",
  source: "ai-dynamo/dynamo: docs/observability/metrics_examples/fe.log, a dump",
} as const;

const nvidia: readonly BucketList[] = [
  { ...nimNow, histograms: ["time_to_first_token_seconds"], boundaries: GENAI_FIRST_TOKEN },
  { ...nimNow, histograms: ["time_per_output_token_seconds"], boundaries: GENAI_PER_TOKEN },
  { ...nimNow, histograms: ["e2e_request_latency_seconds"], boundaries: OLD_REQUEST },
  {
    ...dynamoNow,
    histograms: ["dynamo_frontend_time_to_first_token_seconds"],
    boundaries: [0, 0.0022, 0.0047, 0.01, 0.022, 0.047, 0.1, 0.22, 0.47, 1, 2.2, 4.7, 10, 22, 48, 100, 220, 480],
  },
  {
    ...dynamoNow,
    histograms: ["dynamo_frontend_inter_token_latency_seconds"],
    boundaries: [0, 0.0019, 0.0035, 0.0067, 0.013, 0.024, 0.045, 0.084, 0.16, 0.3, 0.56, 1.1, 2],
  },
  {
    ...dynamoNow,
    histograms: ["dynamo_frontend_request_duration_seconds"],
    boundaries: [0, 2, 4, 8, 16, 32, 64, 130, 260, 510],
  },
  {
    ...dynamoOld,
    histograms: ["dynamo_frontend_request_duration_seconds"],
    boundaries: [0, 1.9, 3.4, 6.3, 12, 22, 40, 75, 140, 260],
  },
  {
    system: "NVIDIA Triton",
    version: "current",
    releases: "with histogram_latencies; boundaries may be changed for each model",
    source: "triton-inference-server/core: src/metrics.cc",
    histograms: ["nv_inference_first_response_histogram_ms"],
    boundaries: [100, 500, 2000, 5000],
  },
];

const tgi: readonly BucketList[] = [
  {
    system: "Text Generation Inference",
    version: "current",
    releases: "current, in maintenance",
    source: "huggingface/text-generation-inference: router/src/server.rs",
    histograms: [
      "tgi_request_duration",
      "tgi_request_queue_duration",
      "tgi_request_inference_duration",
      "tgi_request_validation_duration",
      "tgi_request_mean_time_per_token_duration",
    ],
    boundaries: geometric(0.0001, 1.5, 35),
  },
];

export const serving: readonly BucketList[] = [...vllm, ...sglang, ...nvidia, ...tgi];

function vllmNames(...names: readonly string[]): string[] {
  return names.flatMap((name) => ["vllm:", "ray_vllm_", "ray_vllm:"].map((prefix) => `${prefix}${name}_seconds`));
}

/** Multiplied step by step, as the server does it: the last digits belong to `le`, too. */
function geometric(start: number, factor: number, length: number): number[] {
  const list: number[] = [];
  for (let value = start * factor; list.length < length; value *= factor) list.push(value);
  return list;
}
