/**
 * Bucket boundaries of well-known histograms, as their sources or real expositions have them. Where systems in use differ, each has a list.
 * vLLM: vllm/v1/metrics/loggers.py. SGLang: srt/observability/metrics_collector.py. LiteLLM: integrations/prometheus.py (v1.95 and older).
 * TGI: router/src/server.rs. Dynamo: docs/observability/metrics_examples. Triton: core src/metrics.cc. Kong: plugins/prometheus/exporter.lua.
 * llm-d: pkg/epp/metrics. OpenTelemetry: semantic-conventions and semantic-conventions-genai.
 */

/** The lists known for a histogram, by its base name; none where it is not known. */
export function knownBuckets(histogram: string): readonly (readonly number[])[] {
  return Object.hasOwn(KNOWN, histogram) ? (KNOWN[histogram] ?? []) : [];
}

const OTEL_HTTP = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const OTEL_GENAI = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const OTEL_TPOT = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5];
const OTEL_TTFT = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const OTEL_MCP = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300];
const ENVOY_TTFT = [...OTEL_TTFT, 15, 20, 30, 45, 60];

const VLLM_TTFT = [...OTEL_TTFT, 20, 40, 80, 160, 640, 2560];
const VLLM_TOKEN = [...OTEL_TPOT, 5, 7.5, 10, 20, 40, 80];
const VLLM_REQUEST = [0.3, 0.5, 0.8, 1, 1.5, 2, 2.5, 5, 10, 15, 20, 30, 40, 50, 60, 120, 240, 480, 960, 1920, 7680];
const NIM_REQUEST = [1, 2.5, 5, 10, 15, 20, 30, 40, 50, 60];

const SGLANG_TTFT = [0.1, 0.2, 0.4, 0.6, 0.8, 1, 2, 4, 6, 8, 10, 20, 40, 60, 80, 100, 200, 400];
const SGLANG_TOKEN = [
  0.002, 0.004, 0.006, 0.008, 0.01, 0.015, 0.02, 0.025, 0.03, 0.035, 0.04, 0.06, 0.08, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 2, 4,
  6, 8,
];

const LITELLM = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 120, 300, 420, 600];
const LITELLM_OLD = [
  0.005, 0.00625, 0.0125, 0.025, 0.05, 0.1, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7, 7.5, 8, 8.5, 9, 9.5,
  10, 15, 20, 25, 30, 60, 120, 180, 240, 300,
];
const TGI = Array.from({ length: 35 }, (_, index) => 0.0001 * 1.5 ** (index + 1));
const EPP_TTFT = [
  0.005, 0.025, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 45, 60, 120,
];
const EPP_REQUEST = [...EPP_TTFT, 180, 240, 300, 360, 480, 600, 900, 1200, 1800, 2700, 3600];

const KNOWN: Readonly<Record<string, readonly (readonly number[])[]>> = {
  http_server_request_duration_seconds: [OTEL_HTTP],
  http_client_request_duration_seconds: [OTEL_HTTP],
  rpc_server_call_duration_seconds: [OTEL_HTTP],

  gen_ai_client_token_usage: [Array.from({ length: 14 }, (_, index) => 4 ** index)],
  gen_ai_client_operation_duration_seconds: [OTEL_GENAI],
  gen_ai_client_operation_time_to_first_chunk_seconds: [OTEL_GENAI],
  gen_ai_client_operation_time_per_output_chunk_seconds: [OTEL_GENAI],
  gen_ai_server_request_duration_seconds: [OTEL_GENAI],
  gen_ai_server_time_per_output_token_seconds: [OTEL_TPOT],
  gen_ai_server_time_to_first_token_seconds: [OTEL_TTFT, ENVOY_TTFT],
  gen_ai_workflow_duration_seconds: [[1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200]],
  gen_ai_invoke_agent_duration_seconds: [[0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6]],
  mcp_client_operation_duration_seconds: [OTEL_MCP],
  mcp_server_operation_duration_seconds: [OTEL_MCP],

  ...vllm("vllm:"),
  ...vllm("ray_vllm_"),
  // NVIDIA NIM: the names of an older vLLM, without a prefix.
  time_to_first_token_seconds: [OTEL_TTFT],
  time_per_output_token_seconds: [OTEL_TPOT],
  e2e_request_latency_seconds: [NIM_REQUEST],

  "sglang:time_to_first_token_seconds": [SGLANG_TTFT],
  "sglang:inter_token_latency_seconds": [SGLANG_TOKEN],
  "sglang:e2e_request_latency_seconds": [[...SGLANG_TTFT, 600, 1200, 1800, 2400]],

  litellm_request_total_latency_metric: [LITELLM, LITELLM_OLD],
  litellm_llm_api_latency_metric: [LITELLM, LITELLM_OLD],
  litellm_llm_api_time_to_first_token_metric: [LITELLM, LITELLM_OLD],
  litellm_overhead_latency_metric: [LITELLM, LITELLM_OLD],

  tgi_request_duration: [TGI],
  tgi_request_queue_duration: [TGI],
  tgi_request_inference_duration: [TGI],
  tgi_request_validation_duration: [TGI],
  tgi_request_mean_time_per_token_duration: [TGI],

  dynamo_frontend_time_to_first_token_seconds: [
    [0, 0.0022, 0.0047, 0.01, 0.022, 0.047, 0.1, 0.22, 0.47, 1, 2.2, 4.7, 10, 22, 48, 100, 220, 480],
  ],
  dynamo_frontend_inter_token_latency_seconds: [
    [0, 0.0019, 0.0035, 0.0067, 0.013, 0.024, 0.045, 0.084, 0.16, 0.3, 0.56, 1.1, 2],
  ],
  dynamo_frontend_request_duration_seconds: [[0, 1.9, 3.4, 6.3, 12, 22, 40, 75, 140, 260]],

  llm_d_epp_request_duration_seconds: [EPP_REQUEST],
  llm_d_epp_request_ttft_seconds: [EPP_TTFT],
  llm_d_epp_request_streaming_tpot_seconds: [
    [0.0005, 0.00205, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.125, 0.15, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 2],
  ],
  llm_d_epp_request_streaming_itl_seconds: [
    [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1, 2],
  ],
  kong_ai_llm_provider_latency_ms: [
    [250, 500, 1000, 1500, 2000, 2500, 3000, 3500, 4000, 4500, 5000, 10000, 30000, 60000],
  ],
  nv_inference_first_response_histogram_ms: [[100, 500, 2000, 5000]],
};

function vllm(prefix: string): Record<string, readonly (readonly number[])[]> {
  const requests = [
    "e2e_request_latency",
    "request_queue_time",
    "request_inference_time",
    "request_prefill_time",
    "request_decode_time",
  ];
  const perToken = ["inter_token_latency", "request_time_per_output_token", "time_per_output_token"];
  return Object.fromEntries([
    [`${prefix}time_to_first_token_seconds`, [VLLM_TTFT]],
    ...perToken.map((name) => [`${prefix}${name}_seconds`, [VLLM_TOKEN]]),
    ...requests.map((name) => [`${prefix}${name}_seconds`, [VLLM_REQUEST]]),
  ]);
}
