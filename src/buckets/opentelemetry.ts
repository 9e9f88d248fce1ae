/** Boundaries of OpenTelemetry's conventions, of the SDKs, and of gRPC's own interceptors. */
import type { BucketList } from "./bucket-list.ts";

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
const GENAI = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
const SDK_DEFAULT = [0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1000, 2500, 5000, 7500, 10_000];
/** Shared with servers that took the convention's list. */
export const GENAI_PER_TOKEN = [0.01, 0.025, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2.5];
export const GENAI_FIRST_TOKEN = [0.001, 0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

const semconv = {
  system: "OpenTelemetry",
  version: "semconv",
  releases: "HTTP stable, RPC release candidate",
  source: "open-telemetry/semantic-conventions: docs/http/http-metrics.md, docs/rpc/rpc-metrics.md",
} as const;
const genai = {
  system: "OpenTelemetry GenAI",
  version: "semconv",
  releases: "semantic-conventions-genai, October 2026 (development)",
  source: "open-telemetry/semantic-conventions-genai: docs/gen-ai/gen-ai-metrics.md",
} as const;
const sdk = {
  version: "sdk-default",
  releases: "instruments without advice on their boundaries",
  source: "OpenTelemetry specification, metrics SDK: explicit bucket histogram aggregation",
} as const;

export const opentelemetry: readonly BucketList[] = [
  {
    ...semconv,
    histograms: [
      "http_server_request_duration_seconds",
      "http_client_request_duration_seconds",
      "rpc_server_call_duration_seconds",
      "rpc_client_call_duration_seconds",
    ],
    boundaries: SECONDS,
  },
  {
    ...sdk,
    system: "OpenTelemetry RPC, older",
    histograms: ["rpc_server_duration_milliseconds", "rpc_client_duration_milliseconds"],
    boundaries: SDK_DEFAULT,
  },
  {
    ...genai,
    histograms: ["gen_ai_client_token_usage"],
    boundaries: Array.from({ length: 14 }, (_, index) => 4 ** index),
  },
  {
    ...genai,
    histograms: [
      "gen_ai_client_operation_duration_seconds",
      "gen_ai_client_operation_time_to_first_chunk_seconds",
      "gen_ai_client_operation_time_per_output_chunk_seconds",
      "gen_ai_server_request_duration_seconds",
      "gen_ai_execute_tool_duration_seconds",
    ],
    boundaries: GENAI,
  },
  { ...genai, histograms: ["gen_ai_server_time_per_output_token_seconds"], boundaries: GENAI_PER_TOKEN },
  { ...genai, histograms: ["gen_ai_server_time_to_first_token_seconds"], boundaries: GENAI_FIRST_TOKEN },
  {
    ...genai,
    histograms: ["gen_ai_workflow_duration_seconds"],
    boundaries: [1, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200],
  },
  {
    ...genai,
    histograms: ["gen_ai_invoke_agent_duration_seconds"],
    boundaries: [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8, 25.6, 51.2, 102.4, 204.8, 409.6],
  },
  {
    ...genai,
    histograms: ["mcp_client_operation_duration_seconds", "mcp_server_operation_duration_seconds"],
    boundaries: [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60, 120, 300],
  },
  {
    ...sdk,
    system: "Traceloop OpenLLMetry",
    version: "traceloop",
    source: "traceloop/openllmetry: traceloop-sdk/metrics/metrics.py gives durations no boundaries, so the SDK's apply",
    histograms: ["gen_ai_client_operation_duration_seconds", "gen_ai_server_time_to_first_token_seconds"],
    boundaries: SDK_DEFAULT,
    onlyWhenAsked: true,
  },
  {
    system: "go-grpc-middleware",
    version: "current",
    releases: "default of its histogram option",
    source: "prometheus/client_golang: DefBuckets",
    histograms: ["grpc_server_handling_seconds", "grpc_client_handling_seconds"],
    boundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  },
];
